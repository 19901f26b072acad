import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  test: {
    projects: [
      // Needs nothing but Node, and runs in a blink.
      {
        test: {
          name: 'fast',
          include: ['server/**/*.test.ts', 'sdk/**/*.test.ts', 'web-components/**/*.test.ts'],
          exclude,
        },
      },
      // Holds documents, schema and layers to the code.
      { test: { name: 'house', include: ['test/house/**/*.test.ts'], exclude } },
      // Runs the program, on both databases.
      {
        test: {
          name: 'service',
          include: ['test/service/**/*.test.ts', 'test/storage/**/*.test.ts'],
          exclude,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      // Looks at it with a browser, one at a time: what a page sees depends on time.
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
