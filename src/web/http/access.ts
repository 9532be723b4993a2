import type { Session } from '../../contract/common.ts'
import { localTenant } from '../../core/jobs.ts'
import { createStore } from '../shell/store.ts'

/** Who is signed in: unknown until the service was asked. */
export type Access =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'in'; readonly session: Session }

export const access = createStore<Access>({ state: 'unknown' })

const ranks = { submitter: 0, reviewer: 1, admin: 2 } as const

export const mayAs = (session: Session, role: Session['role']): boolean => ranks[session.role] >= ranks[role]

/** Whether somebody may keep document types: they are those of all tenants, and so whoever runs the service keeps them. */
export const mayKeepTypes = (session: Session): boolean =>
  mayAs(session, 'admin') && session.tenant === localTenant
