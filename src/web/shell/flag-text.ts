import type { Flag } from '../../core/extraction-result.ts'

/** A pointer as people say it: `/items/0/amount` is "items 1 amount". */
const said = (pointer: string): string =>
  pointer
    .slice(1)
    .split('/')
    .map((key) =>
      /^\d+$/.test(key) ? String(Number(key) + 1) : key.replaceAll('~1', '/').replaceAll('~0', '~'),
    )
    .join(' ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What a flag says, where it stands beside other fields' flags: with the field's name in words. */
export function flagText({ field, message }: Pick<Flag, 'field' | 'message'>): string {
  if (field === null || !message.startsWith(`${field}: `)) return message
  return capital(`${said(field)}: ${message.slice(field.length + 2)}`)
}

/** What a flag says, where it stands at its field. */
export function flagTextAtField({ field, message }: Pick<Flag, 'field' | 'message'>): string {
  if (field === null || !message.startsWith(`${field}: `)) return message
  return capital(message.slice(field.length + 2))
}
