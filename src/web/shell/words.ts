import type { Rejection, RejectionReason } from '../../core/decision.ts'
import type { JobStatus } from '../../core/jobs.ts'
import type { Strategy } from '../../core/extraction-result.ts'

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** A share as people write it; a dash where there is nothing to have a share of. */
export function share(count: number, of: number): string {
  if (of === 0) return '–'
  const percent = (100 * count) / of
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`
}

export const statusWords: Readonly<Record<JobStatus, string>> = {
  queued: 'waiting',
  running: 'reading',
  reprocessing: 'reading again',
  accepted: 'accepted',
  needs_review: 'to review',
  reviewed: 'reviewed',
  rejected: 'rejected',
  failed: 'failed',
  quarantined: 'failed',
  cancelled: 'cancelled',
}

export const rejectionWords: Readonly<Record<RejectionReason, string>> = {
  illegible: 'It cannot be read',
  incomplete: 'Pages or parts are missing',
  duplicate: 'It is here already',
  wrong_type: 'It is another kind of document',
  not_ours: 'It is not meant for us',
  other: 'Another reason',
}

/** What was said of a document that was rejected; empty for nothing. */
export function saidOf(rejection: Rejection | null): string {
  const { reason = null, note = null } = rejection ?? {}
  return [reason === null ? null : rejectionWords[reason], note].filter((said) => said !== null).join(': ')
}

export const routeWords: Readonly<Record<Strategy, string>> = {
  auto: 'Automatic: the other path where in doubt',
  both: 'Both paths',
  direct: 'Direct path only',
  modular: 'Modular path only',
}

/** A code of a flag or an error in words. */
export const codeWords = (code: string): string => code.replace(/^E_/, '').toLowerCase().replaceAll('_', ' ')

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const year = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** A time as people of this year say it. */
export function when(iso: string, now = new Date()): string {
  const at = new Date(iso)
  if (at.toDateString() === now.toDateString()) return `today ${time.format(at)}`
  return `${(at.getFullYear() === now.getFullYear() ? day : year).format(at)}, ${time.format(at)}`
}

export function bytes(size: number): string {
  if (size < 1e6) return `${Math.max(1, Math.round(size / 1e3))} kB`
  return `${(size / 1e6).toFixed(1)} MB`
}
