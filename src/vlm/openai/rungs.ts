/** How firmly a server holds a model to the schema. */
const formats = ['json_schema', 'json_object', 'text'] as const
/** How much a model is asked to think before it answers: not at all, where it can be asked so. */
const efforts = ['none', 'low', null] as const
/** Of these the first is left out first. */
const extras = ['chat_template_kwargs', 'logprobs', 'max_tokens', 'temperature'] as const

/** What is asked of a server beyond an answer. */
export interface Rung {
  readonly format: (typeof formats)[number]
  /** The value of `reasoning_effort`; null where it is left out. */
  readonly effort: (typeof efforts)[number]
  readonly extras: readonly (typeof extras)[number][]
}

export const topRung: Rung = { format: 'json_schema', effort: 'none', extras }

const aboutFormat = /response_format|json_|schema|grammar|structured|guided/i
const aboutThinking = /reasoning|enable_thinking|\bthink(ing)?\b/i
const aboutAnything =
  /not (supported|implemented|allowed)|unsupported|unknown|unrecognized|unexpected|extra input/i
const aboutOthers = /image|vision|multimodal|model .*(exist|found)/i

const lowerFormat = (rung: Rung): Rung | null => {
  const format = formats[formats.indexOf(rung.format) + 1]
  return format ? { ...rung, format } : null
}

/** Where a value is refused a higher one may pass; where the parameter is, none does. */
const lowerEffort = (rung: Rung, isValue: boolean): Rung => ({
  ...rung,
  effort: isValue ? efforts[efforts.indexOf(rung.effort) + 1]! : null,
})

const without = (rung: Rung, extra: Rung['extras'][number]): Rung => ({
  ...rung,
  extras: rung.extras.filter((e) => e !== extra),
})

const aboutValue = /\bnone\b|\blow\b|invalid|value|must be/i

/** The rung without what a refusal names; null where it names nothing that was asked for. */
function withoutNamed(rung: Rung, said: string): Rung | null {
  const named = rung.extras.find((extra) => said.includes(extra))
  if (named) return without(rung, named)
  if (!aboutThinking.test(said)) return null
  if (rung.effort !== null) return lowerEffort(rung, aboutValue.test(said))
  return rung.extras.includes('chat_template_kwargs') ? without(rung, 'chat_template_kwargs') : null
}

/** Of what servers know least, the first. */
function withoutAny(rung: Rung): Rung | null {
  if (rung.effort !== null) return { ...rung, effort: null }
  if (rung.extras.includes('chat_template_kwargs')) return without(rung, 'chat_template_kwargs')
  return lowerFormat(rung) ?? (rung.extras[0] ? without(rung, rung.extras[0]) : null)
}

/** The rung to try after a server refused one and said why; null where it refused something else. */
export function lowerRung(rung: Rung, status: number | null, said: string): Rung | null {
  if (status === null || ![400, 403, 404, 415, 422, 500, 501].includes(status)) return null
  const named = withoutNamed(rung, said)
  if (named) return named
  if (status !== 403 && aboutFormat.test(said)) return lowerFormat(rung)
  if ([403, 500].includes(status) || aboutOthers.test(said) || !aboutAnything.test(said)) return null
  return withoutAny(rung)
}
