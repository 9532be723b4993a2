/**
 * Parallax as a library.
 * @module
 */
export * from './authoring.ts'
export { ParallaxError, type ErrorCode, type ErrorReport } from './core/errors.ts'
export type { Strategy } from './core/extraction-result.ts'
export type { TypedResult } from './core/typed-result.ts'
export type { Document, ExtractOptions, Parallax, Settings } from './library/api.ts'
export { createParallax } from './library/create-parallax.ts'
export { receiptSchema, type Receipt } from '../schemas/receipt.ts'
