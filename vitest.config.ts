import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,workers,schemas,scripts,bench}/**/*.test.ts'],
    globalSetup: 'scripts/build-for-tests.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { OMP_THREAD_LIMIT: '1' },
  },
})
