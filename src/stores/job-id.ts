import { randomBytes } from 'node:crypto'

/** A new job id: lower-case letters and digits, sorts by the millisecond it was made, 80 random bits. */
export function newJobId(): string {
  const time = Date.now().toString(36).padStart(9, '0')
  return time + randomBytes(10).toString('hex')
}
