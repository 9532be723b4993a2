import type { Labeller } from '../core/engines.ts'
import { tagDates, tagTimes } from './rules/dates.ts'
import { toLines } from './rules/line.ts'
import { tagPhones } from './rules/phones.ts'

/** Labels days as DATE, the likeliest day of the document first. */
export const dates = (): Labeller => ({ labels: ['DATE'], label: (pages) => tagDates(toLines(pages)) })

/** Labels times of day as TIME, those beside a date first. */
export const times = (): Labeller => ({ labels: ['TIME'], label: (pages) => tagTimes(toLines(pages)) })

/** Labels phone numbers near the top as PHONE, those that are announced first. */
export const phones = (): Labeller => ({ labels: ['PHONE'], label: (pages) => tagPhones(toLines(pages)) })
