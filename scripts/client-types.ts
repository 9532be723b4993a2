import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'
import { createServer } from '../src/api/server.ts'
import type { Service } from '../src/api/service.ts'

const file = new URL('../src/client/openapi.ts', import.meta.url)

const header = `/* eslint-disable */
// Written by "npm run gen" from the routes of src/api and the shapes of src/contract.

`

const limits = {
  queued: 1,
  fileBytes: 1,
  files: 1,
  requestsPerMinute: 1,
  freeBytes: 0,
  extractions: 1,
  extractMs: 1,
}

/** The OpenAPI document of a service that nobody can use: there is nothing behind its routes. */
export async function openApiDocument(): Promise<OpenAPI3> {
  const home = await mkdtemp(join(tmpdir(), 'parallax-openapi-'))
  const service = { version: '0', home, limits, page: pathToFileURL(`${home}/`) }
  const app = await createServer(service as unknown as Service)
  try {
    await app.ready()
    return app.swagger() as unknown as OpenAPI3
  } finally {
    await app.close()
    await rm(home, { recursive: true })
  }
}

/** The types of the HTTP interface as the client has them, as they should be: text by URL. */
export async function clientTypes(): Promise<ReadonlyMap<URL, string>> {
  const types = astToString(
    await openapiTypes(await openApiDocument(), { defaultNonNullable: false, arrayLength: true }),
  )
  const options = await resolveConfig(file)
  return new Map([[file, await format(header + types, { ...options, parser: 'typescript' })]])
}
