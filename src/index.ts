/**
 * Parallax as a library.
 * @module
 */
export * from './document-types/authoring.ts'
