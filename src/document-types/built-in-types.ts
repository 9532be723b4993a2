import { discover } from '../discover.ts'

const folder = new URL('../../schemas/', import.meta.url)

/** The document types that Parallax comes with, by name; each is loaded when it is asked for. */
export const builtInTypes = () => discover(folder)
