import { DatabaseError } from 'pg'
import { ParallaxError } from '../core/errors.ts'

/** The error behind one of the ledger, as PostgreSQL or the way there told it. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Serialization failures and deadlocks, and what two that write the same row at once do to each other. */
const raced = ['40001', '40P01', '23505', '23503']

/** Whether a transaction failed because it met another one: begun anew, it finds what the other one wrote. */
export function isRaced(error: unknown): boolean {
  const cause = error instanceof ParallaxError ? error.cause : error
  return cause instanceof DatabaseError && raced.includes(cause.code ?? '') && cause.table !== 'keys'
}

/** Whether nothing more can be asked of the connection that an error came from. */
export const isBroken = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || /^(08|57P)/.test(error.code ?? '')

const unreachable = 'it does not answer. Check that PostgreSQL runs and that the address is right.'
const busy = 'others keep it busy. Try again in a moment.'
const stopping = 'PostgreSQL is starting or stopping. Try again in a moment.'
const refused = 'the user or the password is refused. Check both, and pg_hba.conf.'
const insecure = 'the connection cannot be encrypted as asked. Check sslmode and the certificates.'

const helpByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: unreachable,
  ENOENT: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  DEPTH_ZERO_SELF_SIGNED_CERT: insecure,
  SELF_SIGNED_CERT_IN_CHAIN: insecure,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: insecure,
  ERR_TLS_CERT_ALTNAME_INVALID: insecure,
  CERT_HAS_EXPIRED: insecure,
  '25006': 'it takes no writes: it is a standby, or set to read only. Name the primary server.',
  '28000': refused,
  '28P01': refused,
  '3D000': 'there is no such database. Make it: createdb --encoding UTF8 --template template0 NAME.',
  '42501': 'the user may not do what is needed. Make the user the owner of the database and of its tables.',
  '42P01': 'its tables are gone. Restore it from a backup.',
  '53100': 'the disk of PostgreSQL is full. Free some space and try again.',
  '53200': 'PostgreSQL has no memory left. Try again in a moment.',
  '53300': 'PostgreSQL has no connection left. Raise max_connections, or end what holds them.',
  '55P03': busy,
  '57014': busy,
  '40001': busy,
  '40P01': busy,
  '57P01': stopping,
  '57P02': stopping,
  '57P03': stopping,
  XX001: 'its files are damaged. Restore it from a backup.',
  XX002: 'an index of it is damaged. Run REINDEX DATABASE, then parallax doctor --data.',
}

/** A name with several addresses fails with all their errors. */
const first = (error: unknown): unknown =>
  error instanceof AggregateError && error.errors.length > 0 ? first(error.errors[0]) : error

/** PostgreSQL keeps no text with this character; SQLite does. */
const hasNul = '22021'

/** As E_STORAGE that names the ledger by its place, which has no password, and says what helps. */
export function asStorageError(error: unknown, place: string): ParallaxError {
  if (error instanceof ParallaxError) return error
  const cause = first(error)
  if (codeOf(cause) === hasNul)
    return new ParallaxError('E_BAD_REQUEST', 'The character NUL can stand in no text that is kept.', {
      cause,
    })
  const detail = cause instanceof Error ? cause.message : String(cause)
  const help = helpByCode[codeOf(cause)] ?? `${detail}. Check that PostgreSQL runs and what its log says.`
  return new ParallaxError('E_STORAGE', `The job ledger ${place} cannot be used: ${help}`, { cause })
}
