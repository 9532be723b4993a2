/** Writes the files that are made from sources: the JSON Schema of every document type. */
import { writeFile } from 'node:fs/promises'
import { schemaFiles } from './schema-files.ts'

for (const [file, text] of await schemaFiles()) await writeFile(file, text)
