import type { WriteStream } from 'node:tty'
import picocolors from 'picocolors'
import { colorWish } from '../config.ts'

type Colors = ReturnType<typeof picocolors.createColors>

const colorsOf = ({ isTTY }: Partial<Pick<WriteStream, 'isTTY'>>): Colors =>
  picocolors.createColors(colorWish() ?? isTTY ?? false)

/** Colours for standard output: by NO_COLOR and FORCE_COLOR where they are set, else only on a terminal. */
export const pc = colorsOf(process.stdout)

/** The same for standard error. */
export const pcOfErrors = colorsOf(process.stderr)
