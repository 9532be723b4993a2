/** How firmly a server holds a model to the schema. */
const formats = ['json_schema', 'json_object', 'text'] as const
/** How much a model is asked to think before it answers: not at all, where it can be asked so. */
const efforts = ['none', 'low', null] as const
/** Of these the first is left out first. */
const extras = ['chat_template_kwargs', 'logprobs', 'max_tokens', 'temperature'] as const

/** What a server is taken to be capable of: all that it is asked beyond an answer. */
export interface Capabilities {
  readonly format: (typeof formats)[number]
  /** The value of `reasoning_effort`; null where it is left out. */
  readonly effort: (typeof efforts)[number]
  readonly extras: readonly (typeof extras)[number][]
}

export const allCapabilities: Capabilities = { format: 'json_schema', effort: 'none', extras }

const aboutFormat = /response_format|json_|schema|grammar|structured|guided/i
const aboutThinking = /reasoning|enable_thinking|\bthink(ing)?\b/i
const aboutAnything =
  /not (supported|implemented|allowed)|unsupported|unknown|unrecognized|unexpected|extra input/i
const aboutOthers = /image|vision|multimodal|model .*(exist|found)/i

const lowerFormat = (capabilities: Capabilities): Capabilities | null => {
  const format = formats[formats.indexOf(capabilities.format) + 1]
  return format ? { ...capabilities, format } : null
}

/** Where a value is refused a higher one may pass; where the parameter is, none does. */
const lowerEffort = (capabilities: Capabilities, isValue: boolean): Capabilities => ({
  ...capabilities,
  effort: isValue ? efforts[efforts.indexOf(capabilities.effort) + 1]! : null,
})

const without = (capabilities: Capabilities, extra: Capabilities['extras'][number]): Capabilities => ({
  ...capabilities,
  extras: capabilities.extras.filter((e) => e !== extra),
})

const aboutValue = /\bnone\b|\blow\b|invalid|value|must be/i

/** The capabilities without what a refusal names; null where it names nothing that was asked for. */
function withoutNamed(capabilities: Capabilities, said: string): Capabilities | null {
  const named = capabilities.extras.find((extra) => said.includes(extra))
  if (named) return without(capabilities, named)
  if (!aboutThinking.test(said)) return null
  if (capabilities.effort !== null) return lowerEffort(capabilities, aboutValue.test(said))
  return capabilities.extras.includes('chat_template_kwargs')
    ? without(capabilities, 'chat_template_kwargs')
    : null
}

/** Without what the fewest servers are capable of. */
function withoutAny(capabilities: Capabilities): Capabilities | null {
  if (capabilities.effort !== null) return { ...capabilities, effort: null }
  if (capabilities.extras.includes('chat_template_kwargs'))
    return without(capabilities, 'chat_template_kwargs')
  return (
    lowerFormat(capabilities) ??
    (capabilities.extras[0] ? without(capabilities, capabilities.extras[0]) : null)
  )
}

/** What to ask for after a server refused and said why; null where it refused something else. */
export function fallBack(
  capabilities: Capabilities,
  status: number | null,
  said: string,
): Capabilities | null {
  if (status === null || ![400, 403, 404, 415, 422, 500, 501].includes(status)) return null
  const named = withoutNamed(capabilities, said)
  if (named) return named
  if (status !== 403 && aboutFormat.test(said)) return lowerFormat(capabilities)
  if ([403, 500].includes(status) || aboutOthers.test(said) || !aboutAnything.test(said)) return null
  return withoutAny(capabilities)
}
