/**
 * CLDR locales whose printed amounts (in Latin digits) are read back as the same number: one of each language, and of those
 * regions of it that print amounts in another way.
 */
export const amountLocales = [
  'af', 'az', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'de-AT', 'de-CH', 'de-LI', 'el', 'en', 'en-AU', 'en-CA', 'en-GB', 'en-IN', 'en-NZ',
  'en-SG', 'en-ZA', 'es', 'es-419', 'es-AR', 'es-CL', 'es-CO', 'es-MX', 'es-PE', 'et', 'eu', 'fi', 'fil', 'fr', 'fr-BE', 'fr-CA', 'fr-CH',
  'ga', 'gl', 'gu', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it', 'it-CH', 'ja', 'ka', 'kk', 'kn', 'ko', 'lt', 'lv', 'mk', 'ms', 'mt', 'nb',
  'nl', 'nl-BE', 'nn', 'pl', 'pt', 'pt-PT', 'rm', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tr', 'uk', 'uz', 'vi',
  'zh', 'zh-HK', 'zh-TW', 'zu',
] as const // prettier-ignore

/** CLDR locales whose printed dates, short, medium and long, are read back as the same day where their order is known. */
export const dateLocales = [
  'af', 'bg', 'ca', 'cs', 'da', 'de', 'de-AT', 'de-CH', 'el', 'en', 'en-AU', 'en-CA', 'en-GB', 'en-IN', 'en-NZ', 'en-SG', 'en-ZA', 'es', 'es-AR',
  'es-MX', 'et', 'fi', 'fil', 'fr', 'fr-BE', 'fr-CA', 'fr-CH', 'hu', 'id', 'is', 'it', 'it-CH', 'ja', 'ms', 'nb', 'nl', 'nl-BE', 'nn', 'pl',
  'pt', 'pt-PT', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'uk', 'zh',
] as const // prettier-ignore
