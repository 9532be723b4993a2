import { expect, test } from 'vitest'
import { nowAndThen } from './now-and-then.ts'

test('what goes on is told once, what comes back after a while again', () => {
  const told: string[] = []
  let time = 0
  const tell = nowAndThen(
    (sentence) => told.push(`${sentence} at ${time}`),
    () => time,
  )
  for (time = 0; time <= 150_000; time += 10_000) tell('full')
  tell('away')
  time = 300_000
  tell('full')
  expect(told).toEqual(['full at 0', 'away at 160000', 'full at 300000'])
})
