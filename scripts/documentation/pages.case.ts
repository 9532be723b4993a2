import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** An example between ``` marks. */
export interface Fence {
  /** Path of its page, relative to the project. */
  readonly page: string
  readonly language: string
  readonly text: string
}

/** A page of documentation in Markdown. */
export interface Page {
  /** Relative to the project, as `docs/service.md`. */
  readonly path: string
  readonly fences: readonly Fence[]
  /** Without its fences. */
  readonly prose: string
}

const fencePattern = /^```(\w*)\n([^]*?)^```$/gm

/** Reads one page; the path is relative to the project. */
export async function readPage(path: string): Promise<Page> {
  const text = await readFile(join(root, path), 'utf8')
  const fences = [...text.matchAll(fencePattern)].map((found) => ({
    page: path,
    language: found[1]!,
    text: found[2]!,
  }))
  return { path, fences, prose: text.replace(fencePattern, '') }
}

const folders = ['.', 'docs', 'docs/decisions', 'training']

/** Every page that a visitor may read. */
export async function readPages(): Promise<readonly Page[]> {
  const found = folders.map(async (folder) =>
    (await readdir(join(root, folder)))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  )
  return Promise.all((await Promise.all(found)).flat().map(readPage))
}

/** What stands between backticks in running text. */
export const codeSpans = ({ prose }: Page): readonly string[] =>
  [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)

/** Names of the headings as GitHub makes them, by which links find a place on a page. */
export const anchors = ({ prose }: Page): readonly string[] =>
  [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Targets of links and pictures that lead to files of the project: path from the project's folder, and anchor, empty for none. */
export const localLinks = ({
  path,
  prose,
}: Page): readonly { readonly file: string; readonly anchor: string }[] =>
  [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor = ''] = target.split('#')
      return { file: file === '' ? path : join(dirname(path), file), anchor }
    })
