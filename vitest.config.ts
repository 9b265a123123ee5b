import { defineConfig } from "vitest/config";

/** Three tiers: pure tests, tests on a real PostgreSQL (`*.db.test.ts`), and whole-product journeys in `tests/e2e`. */
export default defineConfig({
  test: {
    // What is waited for comes in milliseconds on a quiet machine; on a busy one a second is nothing.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        test: {
          name: "unit",
          include: ["{packages,services,bff,web,scripts,tests}/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "**/*.db.test.ts", "tests/e2e/**", "tests/chaos/**"],
          // The greediest hostile packages take seconds on a busy machine; nothing here is timed.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "db",
          include: ["{packages,services,bff,tests}/**/*.db.test.ts"],
          globalSetup: ["packages/platform/src/testing/postgres-global.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["tests/{e2e,chaos}/**/*.test.ts"],
          globalSetup: ["packages/platform/src/testing/postgres-global.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // A browser on a busy machine may miss a moment once; what is broken fails twice.
          retry: 1,
        },
      },
    ],
  },
});
