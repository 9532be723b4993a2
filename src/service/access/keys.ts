import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { AccessKey, KeyStore, Role } from '../../core/access.ts'
import { ParallaxError } from '../../core/errors.ts'

/** What keys look like: a prefix by which scanners for leaked secrets know them, and 256 random bits. */
const keyPattern = /^plx_[A-Za-z0-9_-]{43}$/

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

export interface NewKey {
  readonly name: string
  readonly role: Role
  readonly tenant: string
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u
const tenantPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Makes a key and keeps its hash; the key itself is answered here and never again. E_BAD_REQUEST for a name that is none. */
export async function createKey(
  store: KeyStore,
  { name, role, tenant }: NewKey,
): Promise<AccessKey & { readonly key: string }> {
  if (!namePattern.test(name))
    throw new ParallaxError(
      'E_BAD_REQUEST',
      'The name of a key is letters, digits, spaces and . _ @ -, at most 100.',
    )
  if (!tenantPattern.test(tenant))
    throw new ParallaxError('E_BAD_REQUEST', 'A tenant is small letters, digits and . _ -, at most 64.')
  const key = `plx_${randomBytes(32).toString('base64url')}`
  const made: AccessKey = {
    id: randomUUID().slice(0, 8),
    tenant,
    name,
    role,
    hash: hashOf(key),
    createdAt: new Date().toISOString(),
    revokedAt: null,
  }
  await store.add(made)
  return { ...made, key }
}

/** The key that somebody shows; null when it is none, or was revoked. */
export const findKey = async (store: KeyStore, key: string): Promise<AccessKey | null> =>
  keyPattern.test(key) ? store.find(hashOf(key)) : null

/** Whether the service is open: no key was ever made, so none is asked for. A key that was revoked keeps it closed. */
export const isOpen = async (store: KeyStore): Promise<boolean> => (await store.list()).length === 0
