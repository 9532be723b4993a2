import { createStore } from '../shell/store.ts'

export type Connection = 'there' | 'away'

/** Whether the service answered when it was last asked. */
export const connection = createStore<Connection>('there')

const betweenTries = 2_500
let timer: ReturnType<typeof setTimeout> | null = null

async function tryAgain(): Promise<void> {
  timer = null
  try {
    await fetch('/v1/health', { cache: 'no-store', signal: AbortSignal.timeout(betweenTries) })
    connection.set('there')
  } catch {
    lost()
  }
}

/** Nobody answered: asks again until somebody does. */
export function lost(): void {
  connection.set('away')
  timer ??= setTimeout(() => void tryAgain(), betweenTries)
}

export const found = (): void => connection.set('there')
