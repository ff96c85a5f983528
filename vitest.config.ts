import { defineConfig } from 'vitest/config';

const base = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  // The environment global set-ups run in.
  environments: { __vitest__: { resolve: { conditions: ['source', 'node'] } } },
};
/**
 * The libraries are loaded once per worker, not once per file; what a test puts in place of something goes with it. No
 * test is timed: the limits only end what hangs, on a machine ten times as busy too.
 */
const shared = {
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};
const pure = [
  'libs/{contract,i18n,linalg,frame,learn,plots,components,danfo,config,storage,tables,embedded,client,compute,matyan,sdk}/**/*.spec.ts',
  'test/{api,architecture,contracts,golden}/**/*.spec.ts',
];
const browserAndPrograms = ['test/{e2e,chaos,security}/**/*.spec.ts'];

/**
 * Kinds of tests: `unit` needs nothing, `services` a Postgres and a Redis, `e2e` the compiled programs as well; `compat`
 * asks one running Millrace what the real client asks.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        ...base,
        test: {
          ...shared,
          name: 'unit',
          include: pure,
        },
      },
      {
        ...base,
        test: {
          ...shared,
          name: 'services',
          include: ['{apps,libs}/**/*.spec.ts'],
          exclude: pure,
          globalSetup: ['libs/testing/src/global-setup.ts'],
        },
      },
      {
        ...base,
        test: {
          ...shared,
          name: 'e2e',
          include: browserAndPrograms,
          globalSetup: ['libs/testing/src/global-setup.ts'],
        },
      },
      {
        ...base,
        test: {
          ...shared,
          name: 'compat',
          include: ['test/compat/**/*.spec.ts'],
          globalSetup: ['libs/testing/src/global-setup.ts', 'test/compat/house.ts'],
        },
      },
    ],
  },
});
