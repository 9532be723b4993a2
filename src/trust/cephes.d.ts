declare module 'cephes' {
  export const compiled: Promise<void>
  export function incbi(a: number, b: number, probability: number): number
}
