import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Word } from '../../core/document.ts'
import type { FieldQuestion } from '../../core/field-question.ts'
import { boxSchema } from '../../core/geometry.ts'
import { openModel } from '../model-folder.ts'
import { openSession } from '../session.ts'
import { answersOn, partsOf } from './answers.ts'
import { normalWord } from './grams.ts'
import { askerManifestSchema } from './manifest.ts'
import { pageInputs } from './page.ts'
import { questionInputs, wordsOfPhrase } from './questions.ts'

const model = await openModel('document/3')
const manifest = askerManifestSchema.parse(model.manifest)
const session = await openSession(await model.read('model.onnx'))

const table = z.array(z.array(z.number()))
const list = z.array(z.number())
const kinds = ['', 'owner', 'title', 'name', 'caption', 'description', 'example'] as const
const goldenSchema = z.object({
  pages: z.array(
    z.object({
      words: z.array(z.tuple([z.string(), boxSchema, z.int()])),
      questions: z.array(
        z.object({
          phrases: z.array(z.tuple([z.int(), z.string()])),
          type: z.string(),
          column: z.boolean(),
        }),
      ),
      inputs: z.object({
        grams: table,
        features: table,
        boxes: table,
        neighbours: table,
        below: list,
        askedGrams: table,
        askedPhrases: list,
        askedKinds: table,
        askedTypes: list,
      }),
      answers: z.array(z.array(z.object({ words: z.array(z.int()), probability: z.number() }))),
    }),
  ),
})
const golden = goldenSchema.parse(JSON.parse((await model.read('golden.json')).toString()))

function linesOf(words: readonly (readonly [string, Word['box'], number])[]) {
  return words.reduce<{ words: Word[]; box: Word['box'] }[]>((all, [text, box, line]) => {
    all[line] ??= { words: [], box }
    all[line].words.push({ text, confidence: 1, box })
    return all
  }, [])
}

const questionsOf = (asked: (typeof golden.pages)[number]['questions']): readonly FieldQuestion[] =>
  asked.map(({ phrases, type, column }, i) => ({
    pointer: `/${i}`,
    list: column ? '/' : null,
    phrases: phrases.map(([kind, text]) => ({ kind: kinds[kind] as 'title', text })),
    type: type as 'string',
  }))

/** The training computed the same pages; weights are stored in half precision. */
describe.each(golden.pages.map((page, i) => [i, page] as const))(
  'agrees with the training on page %i',
  (_, page) => {
    const lines = linesOf(page.words)
    const words = lines.flatMap((line) => line.words)
    const questions = questionsOf(page.questions)

    test('what the network is given of the page', () => {
      const { tensors } = pageInputs(lines, manifest.features)
      expect(Array.from(tensors.grams.data, Number)).toEqual(page.inputs.grams.flat())
      expect(Array.from(tensors.neighbours.data, Number)).toEqual(page.inputs.neighbours.flat())
      expect(Array.from(tensors.below.data, Number)).toEqual(page.inputs.below)
      page.inputs.features
        .flat()
        .forEach((v, i) => expect(tensors.features.data[i], `${i}`).toBeCloseTo(v, 3))
      page.inputs.boxes.flat().forEach((v, i) => expect(tensors.boxes.data[i], `${i}`).toBeCloseTo(v, 3))
    })

    test('what it is given of the questions', () => {
      const asked = questionInputs(questions, manifest)
      for (const [name, expected] of Object.entries(asked)) {
        const told = page.inputs[name as keyof typeof asked].flat()
        expect(Array.from(expected.data, Number), name).toEqual(told)
      }
    })

    test('what it answers', async () => {
      const answers = await answersOn(lines, questions, session, manifest)
      questions.forEach((question, q) => {
        const own = answers.filter((one) => one.question === question)
        const expected = page.answers[q]!
        const compared = question.list === null ? expected.slice(0, 1) : expected
        if (question.list !== null) expect(own.length).toBe(expected.length)
        compared.forEach(({ words: run, probability }, i) => {
          expect(own[i]!.probability).toBeCloseTo(probability, 1)
          if (probability > 0.6) expect(own[i]!.words).toEqual(run.map((at) => words[at]))
        })
      })
    })
  },
)

test('a single question about a single word has an answer', async () => {
  const lines = linesOf([['Total', [0.1, 0.1, 0.2, 0.12], 0]])
  const question: FieldQuestion = {
    pointer: '/total',
    list: null,
    phrases: [{ kind: 'title', text: 'Total' }],
    type: 'number',
  }
  const [answer, ...others] = await answersOn(lines, [question], session, manifest)
  expect(others).toEqual([])
  expect(answer!.words.map(({ text }) => text)).toEqual(['Total'])
  expect(answer!.probability).toBeGreaterThan(0)
})

test('long pages are read in parts of whole lines', () => {
  const word: Word = { text: 'x', confidence: 1, box: [0, 0, 1, 1] }
  const line = { words: Array.from({ length: 9 }, () => word), box: word.box }
  const parts = partsOf(
    Array.from({ length: 100 }, () => line),
    512,
  )
  expect(parts.map((part) => part.length)).toEqual([56, 44])
  const [cut] = partsOf([{ ...line, words: Array.from({ length: 600 }, () => word) }], 512)
  expect(cut![0]!.words.length).toBe(512)
})

test('words are the same in all hands', () => {
  const spelled = (text: string): string => normalWord(text, 16).join('')
  expect(spelled('Größe:')).toBe('große')
  expect(spelled('12.50')).toBe('00.00')
  expect(spelled('--')).toBe('--')
  expect(wordsOfPhrase('grossAmount')).toEqual(wordsOfPhrase('gross_Amount'))
  expect(wordsOfPhrase('Account # / Ref')).toEqual(['Account', '#', 'Ref'])
})
