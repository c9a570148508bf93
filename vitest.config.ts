import { defineConfig } from 'vitest/config';

// serialport aborts Node inside a worker thread, so every test file runs in its own process.
const common = { pool: 'forks' as const, testTimeout: 60_000, hookTimeout: 60_000 };

function project(name: string) {
  return { test: { ...common, name, include: [`test/${name}/**/*.test.ts`] } };
}

export default defineConfig({
  test: {
    ...common,
    globalSetup: ['test/build-kernels.mjs'],
    projects: ['unit', 'laws', 'oracle', 'wire', 'docs'].map(project),
  },
});
