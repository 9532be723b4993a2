import { z } from 'zod'

/** Each role may do what those before it may. */
export const roleSchema = z.enum(['submitter', 'reviewer', 'admin'])
/** What a key allows: to submit and read results, to review as well, everything. */
export type Role = z.infer<typeof roleSchema>

/** A key of the API, without the key itself: only its hash is ever stored. */
export interface AccessKey {
  readonly id: string
  readonly tenant: string
  /** The person or program that uses the key; reviews are recorded under this name. */
  readonly name: string
  readonly role: Role
  /** SHA-256 of the key, hex. */
  readonly hash: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  readonly revokedAt: string | null
}

export interface KeyStore {
  add(key: AccessKey): Promise<void>
  /** The oldest first, revoked ones too. */
  list(): Promise<readonly AccessKey[]>
  /** Finds a key by its hash; null where there is none, or it was revoked. */
  find(hash: string): Promise<AccessKey | null>
  /** False when there is no such key, or it was revoked already. */
  revoke(id: string): Promise<boolean>
}
