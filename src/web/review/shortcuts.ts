export type Shortcut = 'accept' | 'reject' | 'skip' | 'undo' | 'redo' | 'region' | 'keys'

/** What a key means anywhere on the workbench; null for keys that mean nothing. */
export function shortcutOf(
  {
    key,
    ctrlKey,
    metaKey,
    shiftKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  inText: boolean,
): Shortcut | null {
  if (key === 'F1') return 'keys'
  if (altKey) return null
  if (!ctrlKey && !metaKey) return key === '?' && !inText ? 'keys' : null
  const letter = key.toLowerCase()
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  if (letter === 'r') return shiftKey ? 'reject' : null
  if (shiftKey) return null
  const plain: Readonly<Record<string, Shortcut>> = { enter: 'accept', k: 'skip', y: 'redo', b: 'region' }
  return Object.hasOwn(plain, letter) ? plain[letter]! : null
}
