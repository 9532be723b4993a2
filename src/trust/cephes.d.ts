declare module 'cephes' {
  export const compiled: Promise<void>
  export function incbi(a: number, b: number, probability: number): number
  /** The natural logarithm of the beta function. */
  export function lbeta(a: number, b: number): number
}
