/** Writes the files that are made from sources: the JSON Schema of every document type, the types of the client, the list of settings. */
import { writeFile } from 'node:fs/promises'
import { clientTypes } from './client-types.ts'
import { schemaFiles } from './schema-files.ts'
import { settingsPage } from './settings-table.ts'

for (const [file, text] of [...(await schemaFiles()), ...(await clientTypes()), ...(await settingsPage())])
  await writeFile(file, text)
