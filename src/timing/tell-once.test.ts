import { expect, test } from 'vitest'
import { tellOnce } from './tell-once.ts'

test('a trouble is told once, until there is another one or it was over', () => {
  const told: string[] = []
  const { tell, over } = tellOnce<string>((trouble) => told.push(trouble))
  for (const trouble of ['full', 'full', 'away', 'full']) tell(trouble)
  over()
  tell('full')
  expect(told).toEqual(['full', 'away', 'full', 'full'])
})
