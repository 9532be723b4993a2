import type { PrintedPlace } from './printed-place.ts'

/** A number that was read for a field, and where. */
export interface ReadAmount {
  readonly kind: 'read'
  readonly value: number
  readonly places: readonly PrintedPlace[]
}

/**
 * What may be true of a field: a number that was read, that the document does not print it, or that it prints another
 * number, which nobody read.
 */
export type AmountState = ReadAmount | { readonly kind: 'absent' } | { readonly kind: 'unread' }

export const absent: AmountState = { kind: 'absent' }
export const unread: AmountState = { kind: 'unread' }

export const isRead = (state: AmountState): state is ReadAmount => state.kind === 'read'
