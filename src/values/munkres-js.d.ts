declare module 'munkres-js' {
  export default function munkres(costs: number[][]): [row: number, column: number][]
}
