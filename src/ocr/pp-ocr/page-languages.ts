import { unmarked } from '../../onnx/character-model.ts'
import type { CtcAlphabet } from '../../onnx/ctc.ts'
import type { FloatTensor } from '../../onnx/session.ts'

/** Classes of a reader's head. */
type Classes = ReadonlySet<number>

/** The letters with marks that a reader knows. */
export interface MarkedLetters {
  /** Those that one language writes, for each language. */
  readonly byLanguage: readonly Classes[]
  /** Of all languages, and those that none writes. */
  readonly all: Classes
  /** For each the letters that differ from it in their marks alone: first those with marks, then the one without. */
  readonly alike: ReadonlyMap<number, readonly [marked: readonly number[], plain: readonly number[]]>
}

/** A letter is looked at where it is likelier than this. */
const noted = 0.2
/** The least that a letter counts in a language that does not write it: one foreign word decides nothing. */
const floor = 1e-5
/**
 * What a letter with marks, and one without, is worth beside what the network says, which has seen more marks than print shows: in
 * languages with many such letters, and in those with hardly any. Assumed.
 */
const worth = { many: { marked: 0.3, plain: 0.995 }, few: { marked: 0.1, plain: 0.9995 } } as const
/** A language with so many letters with marks, in both cases, has hardly any. */
const fewLetters = 4
/** Languages whose log likelihood is so near to that of the best may all be the page's. */
const near = 1
/** Letters that are less likely than this count as this likely when one is chosen for another. */
const hardly = 1e-6

/** Print hardly ever shows it, and it looks like ß. */
const capitalEszett = 'ẞ'

const bothCases = (small: string): readonly string[] => [small, small === 'ı' ? 'İ' : small.toUpperCase()]

/** Of small letters by language, as a reader's manifest lists them. */
export function markedLetters(
  languages: Readonly<Record<string, string>>,
  alphabet: CtcAlphabet,
): MarkedLetters {
  const classOf = new Map([...alphabet].map(([number, text]) => [text, number]))
  const classesOf = (letters: readonly string[]): readonly number[] =>
    letters.flatMap((letter) => classOf.get(letter) ?? [])
  const byLanguage = Object.values(languages).map(
    (small) => new Set(classesOf(Array.from(small).flatMap(bothCases))),
  )
  const all = new Set([...byLanguage.flatMap((classes) => [...classes]), ...classesOf([capitalEszett])])
  const plain = new Map([...alphabet].map(([number, text]) => [number, unmarked(text)]))
  const alikeTo = (number: number): [number[], number[]] => {
    const others = [...plain.keys()].filter((other) => plain.get(other) === plain.get(number))
    return [others.filter((other) => all.has(other)), others.filter((other) => !all.has(other))]
  }
  const alike = new Map([...all].map((number) => [number, alikeTo(number)]))
  return { byLanguage, all, alike }
}

/** A frame of a line in which a letter may stand: what each class with marks is worth, and the best without. */
interface LetterFrame {
  readonly marked: ReadonlyMap<number, number>
  readonly plain: number
}

function* letterFrames({ data, shape }: FloatTensor, { all }: MarkedLetters): Generator<LetterFrame> {
  const classes = shape[2]!
  for (let start = 0; start < data.length; start += classes) {
    const marked = new Map<number, number>()
    for (const number of all) if (data[start + number]! > floor) marked.set(number, data[start + number]!)
    let plain = 0
    for (let number = 1; number < classes; number++)
      if (!all.has(number)) plain = Math.max(plain, data[start + number]!)
    if (Math.max(plain, ...marked.values()) >= noted) yield { marked, plain }
  }
}

const hasMark = ({ marked }: LetterFrame): boolean => Math.max(0, ...marked.values()) >= noted

/** How likely the letters of the frames are in a language, as a logarithm: by what each may be, and how often marks are to be expected. */
function likelihood(frames: readonly LetterFrame[], plainFrames: number, language: Classes): number {
  const own = language.size > fewLetters ? worth.many : worth.few
  return frames.reduce(
    (sum, { marked, plain }) => {
      const known = [...marked].filter(([number]) => language.has(number)).map(([, p]) => p)
      return sum + Math.log(Math.max(floor, plain * own.plain, Math.max(0, ...known) * own.marked))
    },
    plainFrames * Math.log(own.plain),
  )
}

/** The letters that no likely language of a page writes; `lines` are the probabilities [1, frames, classes] of all its lines. */
function foreignLetters(lines: readonly FloatTensor[], letters: MarkedLetters): Classes {
  const frames = lines.flatMap((line) => [...letterFrames(line, letters)])
  const marked = frames.filter(hasMark)
  if (marked.length === 0) return new Set()
  const plain = frames.length - marked.length
  const likelihoods = letters.byLanguage.map((language) => likelihood(marked, plain, language))
  const best = Math.max(...likelihoods)
  const own = letters.byLanguage.filter((_, i) => likelihoods[i]! > best - near)
  return new Set([...letters.all].filter((number) => !own.some((language) => language.has(number))))
}

/** Gives the probability of foreign letters to those of the page's languages that are the same but for marks, as likely as each is. */
function replaced({ data, shape }: FloatTensor, foreign: Classes, { alike }: MarkedLetters): FloatTensor {
  const weighed = data.slice()
  for (let start = 0; start < data.length; start += shape[2]!)
    for (const number of foreign) {
      const p = data[start + number]!
      if (p < hardly) continue
      const [marked, plain] = alike.get(number)!
      const known = marked.filter((other) => !foreign.has(other))
      const own = known.length > 0 ? known : plain
      const shares = own.map((other) => Math.max(hardly, data[start + other]!))
      const sum = shares.reduce((a, b) => a + b, 0)
      own.forEach((other, i) => (weighed[start + other]! += (p * shares[i]!) / sum))
      if (own.length > 0) weighed[start + number] = 0
    }
  return { data: weighed, shape }
}

/**
 * Reads letters that the languages of the page do not write as those that they do: ő and ố, ș and ş look alike, and the other
 * letters of the page tell which it is.
 */
export function preferPageLanguages(
  lines: readonly FloatTensor[],
  letters: MarkedLetters,
): readonly FloatTensor[] {
  const foreign = foreignLetters(lines, letters)
  return foreign.size === 0 ? lines : lines.map((line) => replaced(line, foreign, letters))
}
