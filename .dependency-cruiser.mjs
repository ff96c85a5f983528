import { layers, pure } from './tools/layers.mjs';

const walls = Object.entries(layers).map(([project, allowed]) => ({
  name: `${project.replace('/', '-')}-imports-only-its-layers`,
  comment: `${project} may import only: ${allowed.join(', ') || 'nothing of ours'} (tools/layers.mjs)`,
  severity: 'error',
  from: { path: `^${project}/`, pathNot: '\\.(spec|fixture)\\.ts$' },
  to: { path: '^(apps|libs)/', pathNot: [project, ...allowed].map((p) => `^${p}/`) },
}));
const pureLibs = `^libs/(${pure.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...walls,
    {
      name: 'cross-projects-by-alias-only',
      comment: 'write #lib, never ../../../libs/lib',
      severity: 'error',
      from: { path: '^((apps|libs)/[^/]+)/' },
      to: { path: '^(apps|libs)/', pathNot: '^$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'only-specs-import-testing',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(\\.(spec|fixture)\\.ts$|^libs/testing/)' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'nothing-imports-a-spec', severity: 'error', from: {}, to: { path: '\\.spec\\.ts$' } },
    {
      name: 'only-specs-import-a-fixture',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.(spec|fixture)\\.ts$' },
      to: { path: '\\.fixture\\.ts$' },
    },
    {
      name: 'pure-libs-touch-no-io',
      severity: 'error',
      from: { path: pureLibs, pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-libs-know-no-framework',
      severity: 'error',
      from: { path: pureLibs, pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|bullmq|ioredis|react|fastify)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
