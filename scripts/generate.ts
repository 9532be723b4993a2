/** Writes the files that are made from sources: the JSON Schema of every document type, the types of the client. */
import { writeFile } from 'node:fs/promises'
import { clientTypes } from './client-types.ts'
import { schemaFiles } from './schema-files.ts'

for (const [file, text] of [...(await schemaFiles()), ...(await clientTypes())]) await writeFile(file, text)
