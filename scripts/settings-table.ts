import { readFile } from 'node:fs/promises'
import { format, resolveConfig } from 'prettier'
import { z } from 'zod'
import { environmentSchema } from '../src/config.ts'

const file = new URL('../docs/configuration.md', import.meta.url)

const variablesSchema = z.object({
  properties: z.record(
    z.string(),
    z.object({ description: z.string(), default: z.union([z.string(), z.number()]).optional() }),
  ),
})

/** What a description says of a default that depends on something else stands behind this. */
const byHand = '; default '

/** A variable as a line of the table: its name, what it means, its default. */
export function settingLines(): readonly string[] {
  const { properties } = variablesSchema.parse(z.toJSONSchema(environmentSchema, { io: 'input' }))
  return Object.entries(properties).map(([name, { description, default: fixed }]) => {
    const [meaning, described = ''] = description.split(byHand)
    const value = fixed === undefined || fixed === '' ? described : `\`${fixed}\``
    return `| \`${name}\` | ${meaning} | ${value} |`
  })
}

const marks = /(<!-- settings: [^>]*-->\n)[^]*(<!-- end of settings -->)/

/** The page that lists every setting, as it should be: text by URL. */
export async function settingsPage(): Promise<ReadonlyMap<URL, string>> {
  const table = ['| variable | meaning | default |', '| --- | --- | --- |', ...settingLines()].join('\n')
  const page = (await readFile(file, 'utf8')).replace(
    marks,
    (_, begin: string, end: string) => `${begin}\n${table}\n\n${end}`,
  )
  const options = await resolveConfig(file)
  return new Map([[file, await format(page, { ...options, parser: 'markdown' })]])
}
