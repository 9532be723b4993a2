import { expect, it } from 'vitest'
import { parseArpa } from './character-model.ts'

const arpa = `\\data\\
ngram 1=6
ngram 2=4

\\1-grams:
-1.0\t<s>\t-0.5
-0.5\ta\t-0.25
-1.5\tb
-1.0\t▁
-0.75\t0\t-0.125
-2.0\t</s>

\\2-grams:
-0.1\t<s> a
-0.2\ta b
-0.3\ta ▁
-0.4\t0 b

\\end\\
`
const model = parseArpa(arpa)
const log10 = (text: string, next: string) => model.score(text, next) / Math.LN10

it.each<[string, string, string, number]>([
  ['the first of a line', '', 'a', -0.1],
  ['one after another', 'a', 'b', -0.2],
  ['a space', 'xa', ' ', -0.3],
  ['what was never seen after it, by the weight of the shorter history', 'a', 'a', -0.25 - 0.5],
  ['what follows an unknown character', 'z', 'b', -1.5],
  ['any digit, a tenth of all', '', '7', -0.5 - 0.75 - 1],
  ['what follows any digit', '42', 'b', -0.4],
])('scores %s', (_, text, next, expected) => expect(log10(text, next)).toBeCloseTo(expected, 6))

it('knows no number from another', () => {
  expect(model.score('a', '3')).toBe(model.score('a', '8'))
  expect(model.score('1', 'b')).toBe(model.score('9', 'b'))
})

it.each([
  ['', 'á', 'a'],
  ['a', 'ḅ', 'b'],
  ['á', 'b', 'b'],
  ['å', 'ḃ', 'b'],
])(
  'takes a marked letter for at least a fifth as likely as its plain one: "%s", then "%s"',
  (text, next, plain) =>
    expect(model.score(text, next)).toBeCloseTo(
      model.score(text.normalize('NFD')[0] ?? '', plain) - Math.log(5),
      6,
    ),
)

it.each(['đ', 'Ł', 'ø', 'ħ', 'ı'])('knows which letter %s is like, which Unicode does not say', (letter) => {
  const plain: Record<string, string> = { đ: 'd', Ł: 'L', ø: 'o', ħ: 'h', ı: 'i' }
  const known = parseArpa(arpa.replace('b\n-1.0\t▁', `${plain[letter]!}\n-1.0\t▁`))
  expect(known.score('z', letter)).toBeCloseTo(-1.5 * Math.LN10 - Math.log(5), 6)
})

it('finds what it never saw very unlikely', () => expect(model.score('a', 'é')).toBeLessThan(-8))

it.each([
  ['nothing', ''],
  ['another kind of text', '{"order": 2}'],
])('refuses %s', (_, text) => expect(() => parseArpa(text)).toThrow('no ARPA file'))
