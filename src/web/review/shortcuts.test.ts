import { expect, it } from 'vitest'
import { shortcutOf } from './shortcuts.ts'

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

it.each([
  [press('Enter', { ctrlKey: true }), 'accept'],
  [press('Enter', { metaKey: true }), 'accept'],
  [press('k', { ctrlKey: true }), 'skip'],
  [press('R', { ctrlKey: true, shiftKey: true }), 'reject'],
  [press('z', { ctrlKey: true }), 'undo'],
  [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
  [press('y', { ctrlKey: true }), 'redo'],
  [press('b', { ctrlKey: true }), 'region'],
  [press('?', { shiftKey: true }), 'keys'],
  [press('r', { ctrlKey: true }), null],
  [press('c', { ctrlKey: true }), null],
  [press('Enter'), null],
  [press('k', { ctrlKey: true, altKey: true }), null],
])('knows what %o does', (keys, name) => expect(shortcutOf(keys, false)).toBe(name))

it('leaves question marks to those who write', () => expect(shortcutOf(press('?'), true)).toBeNull())
