import picocolors from 'picocolors'
import { colorWish } from '../config.ts'

/** Colours for a terminal: by NO_COLOR and FORCE_COLOR where they are set, else by what standard output is. */
export const pc = picocolors.createColors(colorWish() ?? picocolors.isColorSupported)
