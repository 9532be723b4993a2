import { ParallaxError } from '../core/errors.ts'

const damaged = (what: string, help: string): ParallaxError =>
  new ParallaxError('E_DAMAGED', `${what} is damaged in the ledger. ${help}`)

const retry = (job: string): string => `Read it again: parallax jobs retry ${job}.`

export const damagedJob = (id: string): ParallaxError => damaged(`The entry of job ${id}`, retry(id))

export const damagedResult = (job: string): ParallaxError =>
  damaged(`What was read of job ${job}`, retry(job))

export const damagedCorrections = (job: string): ParallaxError =>
  damaged(`What was corrected of job ${job}`, retry(job))

/** Without it nobody knows what was submitted. */
export const damagedWork = (job: string): ParallaxError =>
  damaged(`What is to be read for job ${job}`, 'Submit the file again.')

export const damagedBatch = (id: string): ParallaxError =>
  damaged(`The entry of batch ${id}`, 'Mend it: parallax doctor --data --repair.')
