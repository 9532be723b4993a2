import { expect, test } from 'vitest'
import { escaped, html } from './html.ts'

const made = (markup: { toString(): string }): string => markup.toString()

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['"onload="alert(1)', '&quot;onload=&quot;alert(1)'],
  ["' onerror='x", '&#39; onerror=&#39;x'],
  ['a & b &amp; `c`', 'a &amp; b &amp;amp; &#96;c&#96;'],
  ['bell\u0007, half \ud800, nul\0', 'bell\ufffd, half \ufffd, nul\ufffd'],
  ['two\nlines\tand 漢字 😀', 'two\nlines\tand 漢字 😀'],
])('text cannot leave its place: %j', (text, safe) => {
  expect(escaped(text)).toBe(safe)
  expect(made(html`<p title="${text}">${text}</p>`)).toBe(`<p title="${safe}">${safe}</p>`)
})

test('markup is kept, lists are joined, and what is not there is left out', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  expect(
    made(
      html`<ul>
        ${items}${null}${undefined}${false}${0}
      </ul>`,
    ).replace(/\s+/g, ''),
  ).toBe('<ul><li>a</li><li>&lt;b&gt;</li>0</ul>')
})

test('what only looks like markup does not pass for it', () => {
  const forged = { toString: () => '<script>' } as unknown as readonly string[]
  expect(() => html`${forged}`).toThrow()
})
