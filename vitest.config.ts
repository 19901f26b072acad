import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const common = {
  exclude: ['**/node_modules/**', '**/dist/**'],
  // Vite would take the package's "module" entry, Node takes "main": the program would have two copies of GraphQL,
  // and its errors would not be instances of each other's classes.
  alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
};

// What is held to time gets a second chance on a machine that shares its cores; what is wrong fails twice.
const retry = process.env['CI'] ? 1 : 0;

export default defineConfig({
  test: {
    // Tests of the service mostly wait for other processes.
    maxWorkers: 2,
    projects: [
      // Needs nothing but Node, and runs in a blink.
      {
        test: {
          name: 'fast',
          include: ['server/**/*.test.ts', 'sdk/**/*.test.ts', 'web-components/**/*.test.ts'],
          // Every test builds its own world, so files need no worlds of their own: a quarter of the time.
          pool: 'threads',
          isolate: false,
          // On a machine that shares its cores a second of work can take ten.
          testTimeout: 30_000,
          ...common,
        },
      },
      // Holds documents, schema and layers to the code.
      { test: { name: 'house', include: ['test/house/**/*.test.ts'], ...common } },
      // Runs the program, on both databases.
      {
        test: {
          name: 'service',
          include: [
            'test/service/**/*.test.ts',
            'test/storage/**/*.test.ts',
            'test/sdk/**/*.test.ts',
            'test/web-components/**/*.test.ts',
          ],
          ...common,
          retry,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      // Breaks real servers under load for minutes, and counts what is left.
      {
        test: {
          name: 'drill',
          include: ['test/drill/**/*.test.ts'],
          ...common,
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      // Looks at it with a browser, one at a time: what a page sees depends on time.
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          ...common,
          retry,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
