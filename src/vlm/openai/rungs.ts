/** How firmly a server holds a model to the schema. */
const formats = ['json_schema', 'json_object', 'text'] as const
const extras = ['logprobs', 'max_tokens', 'temperature'] as const

/** What is asked of a server beyond an answer. */
export interface Rung {
  readonly format: (typeof formats)[number]
  readonly extras: readonly (typeof extras)[number][]
}

export const topRung: Rung = { format: 'json_schema', extras }

const aboutFormat = /response_format|json_|schema|grammar|structured|guided/i
const aboutAnything =
  /not (supported|implemented|allowed)|unsupported|unknown|unrecognized|unexpected|extra input/i
const aboutOthers = /image|vision|multimodal|model .*(exist|found)/i

const lowerFormat = (rung: Rung): Rung | null => {
  const format = formats[formats.indexOf(rung.format) + 1]
  return format ? { ...rung, format } : null
}

const without = (rung: Rung, extra: Rung['extras'][number]): Rung => ({
  ...rung,
  extras: rung.extras.filter((e) => e !== extra),
})

/** The rung to try after a server refused one and said why; null where it refused something else. */
export function lowerRung(rung: Rung, status: number | null, said: string): Rung | null {
  if (status === null || ![400, 403, 404, 415, 422, 500, 501].includes(status)) return null
  const named = rung.extras.find((extra) => said.includes(extra))
  if (named) return without(rung, named)
  if (status !== 403 && aboutFormat.test(said)) return lowerFormat(rung)
  if ([403, 500].includes(status) || aboutOthers.test(said) || !aboutAnything.test(said)) return null
  return lowerFormat(rung) ?? (rung.extras[0] ? without(rung, rung.extras[0]) : null)
}
