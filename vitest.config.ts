import { defineConfig } from 'vitest/config';

const fast = ['server/**/*.test.ts', 'sdk/**/*.test.ts', 'web-components/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'fast', include: fast, exclude: ['**/node_modules/**', '**/dist/**'] } },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
