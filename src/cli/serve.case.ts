import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { readinessSchema, type Readiness } from '../contract/common.ts'
import { sample, type Running } from './command.case.ts'

/** The address that a service prints when it listens. */
export async function addressOf({ child, ended }: Running): Promise<string> {
  const lines = createInterface({ input: child.stdout! })
  const line = new Promise<string>((resolve) => lines.once('line', resolve))
  const over = ended.then(({ stderr }) => `ended: ${stderr}`)
  const found = /http:\S+/.exec(await Promise.race([line, over]))
  if (found) return found[0]
  throw new Error(await over)
}

/** Submits pages of the project's samples to a service. */
export async function submit(url: string, names: readonly string[], key?: string): Promise<Response> {
  const form = new FormData()
  form.append('route', 'modular')
  for (const name of names) form.append('files', new Blob([await readFile(sample(name))]), `${name}.jpg`)
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return fetch(`${url}/v1/batches`, { method: 'POST', body: form, headers })
}

/** What a service says of itself, whatever the status. */
export async function readinessOf(url: string): Promise<Readiness> {
  return readinessSchema.parse(await (await fetch(`${url}/v1/ready`)).json())
}
