/** Where a thought begins or ends in what a model wrote. */
interface Mark {
  readonly opens: boolean
  readonly start: number
  readonly end: number
}

/** A stretch of what a model wrote. */
export interface Stretch {
  readonly start: number
  readonly text: string
}

const tags =
  'think|thinking|thoughts?|reasoning|reason|reflection|scratchpad|analysis|seed:think|internal_monologue'
const channel = String.raw`<\|channel\|>\s*`
/** Harmony (gpt-oss): a channel may name whom it addresses and the format that follows. */
const message = String.raw`[^<]{0,80}(?:<\|constrain\|>[^<]{0,40})?<\|message\|>`

/** DeepSeek, Qwen and most others; Kimi; Magistral; Sky-T1; Command; Gemma; gpt-oss. */
const opening = [
  String.raw`<(?:${tags})(?:\s[^<>]{0,80})?>`,
  '◁think▷',
  String.raw`\[THINK\]`,
  String.raw`<\|begin_of_thought\|>`,
  String.raw`<\|START_THINKING\|>`,
  String.raw`<\|channel>thought`,
  String.raw`${channel}(?:analysis|commentary)${message}`,
].join('|')
/** Of gpt-oss what begins the answer, also where its server left out the signs between ("assistantfinal"). */
const closing = [
  String.raw`<\/(?:${tags})\s*>`,
  '◁/think▷',
  String.raw`\[\/THINK\]`,
  String.raw`<\|end_of_thought\|>`,
  String.raw`<\|END_THINKING\|>`,
  String.raw`<channel\|>`,
  String.raw`${channel}final${message}`,
  'assistantfinal',
].join('|')
const marks = new RegExp(`(?<opens>${opening})|${closing}`, 'giu')
const bareAnalysis = /^\s*analysis(?=\p{Lu})/u

/** What servers leave at the ends of an answer: signs of the chat template, and tags that only say "this is it". */
const sign = String.raw`<\|[\w▁ ]{1,40}\|>(?:assistant(?![\w]))?|<\/?(?:s|answer|response|output|solution|final|json)>|<turn\|>`
const leadingSigns = new RegExp(String.raw`^(?:\s|${sign})+`, 'u')
const oneTrailingSign = new RegExp(String.raw`(?:${sign})$`, 'u')

function marksIn(text: string): readonly Mark[] {
  const found = [...text.matchAll(marks)].map(({ index, groups, 0: { length } }) => ({
    opens: groups?.['opens'] !== undefined,
    start: index,
    end: index + length,
  }))
  const bare = bareAnalysis.exec(text)
  return bare ? [{ opens: true, start: 0, end: bare[0].length }, ...found] : found
}

/** A stretch without white space and signs of the chat template at its ends. */
export function trimSigns({ start, text }: Stretch): Stretch {
  const lead = leadingSigns.exec(text)?.[0].length ?? 0
  let rest = text.slice(lead).trimEnd()
  for (let cut = oneTrailingSign.exec(rest); cut; cut = oneTrailingSign.exec(rest))
    rest = rest.slice(0, cut.index).trimEnd()
  return { start: start + lead, text: rest }
}

const fenced = /^```\w*\s*([^]*?)\s*```$/

/** Whether a text is JSON and nothing else, fences aside. */
function isJson(text: string): boolean {
  const plain = fenced.exec(text)?.[1] ?? text
  if (!/^[{[]/.test(plain)) return false
  try {
    JSON.parse(plain)
    return true
  } catch {
    return false
  }
}

/** What stands between thoughts; null within a thought that never ended. An end without a beginning makes all before it one. */
function between(text: string, all: readonly Mark[]): readonly Stretch[] | null {
  let [stretches, from, thinking]: [Stretch[], number, boolean] = [[], 0, false]
  for (const { opens, start, end } of all) {
    if (opens && !thinking) stretches.push({ start: from, text: text.slice(from, start) })
    if (!opens && !thinking) stretches = []
    ;[from, thinking] = [end, opens]
  }
  return thinking ? null : [...stretches, { start: from, text: text.slice(from) }]
}

/**
 * What a model answers, without its thoughts; null where it never stopped thinking. Marks can stand in a value that the page
 * shows, and thoughts can quote marks: so the first place after a mark from which on there is nothing but JSON comes before
 * the reading of marks as pairs.
 */
export function answerIn(text: string): Stretch | null {
  const all = marksIn(text)
  if (all.length === 0) return trimSigns({ start: 0, text })
  const starts = [0, ...all.filter(({ opens }) => !opens).map(({ end }) => end)]
  for (const start of starts) {
    const rest = trimSigns({ start, text: text.slice(start) })
    if (isJson(rest.text)) return rest
  }
  const stretches = between(text, all)?.map(trimSigns)
  return stretches?.findLast((s) => /[{[]/.test(s.text)) ?? stretches?.at(-1) ?? null
}
