/**
 * Everything that must hold before a commit, quick parts first: `npm run check`. Two steps at a time, so that it stays under
 * two minutes on two cores. Ends with a table of what passed.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => `node_modules/.bin/${name}`;

const steps = [
  ['types', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['unit and contract tests', bin('vitest'), ['run', '--project', 'unit', '--reporter', 'dot']],
  [
    'lint',
    bin('eslint'),
    [
      'apps',
      'libs',
      'test',
      'bench',
      'tools',
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint',
      '--max-warnings',
      '0',
    ],
  ],
  ['import law', bin('depcruise'), ['--config', '.dependency-cruiser.mjs', 'apps', 'libs', '--output-type', 'err']],
  ['dead code', bin('knip'), []],
  [
    'layout',
    bin('prettier'),
    ['--check', '--cache', '--cache-location', 'node_modules/.cache/layout', '--log-level', 'warn', '.'],
  ],
];

function run([name, command, args]) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('close', (code) =>
      resolve({
        name,
        ok: code === 0,
        seconds: (Date.now() - started) / 1000,
        output: Buffer.concat(output).toString(),
      }),
    );
  });
}

const queue = [...steps];
const results = [];
async function lane() {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const result = await run(step);
    results.push(result);
    if (!result.ok) console.error(`\n${result.name} failed:\n${result.output}`);
  }
}
const began = Date.now();
await Promise.all([lane(), lane()]);
for (const { name, ok, seconds } of results) console.log(`${ok ? 'pass' : 'FAIL'}  ${name}  ${seconds.toFixed(1)} s`);
console.log(
  `${results.filter(({ ok }) => ok).length} of ${steps.length} steps passed in ${((Date.now() - began) / 1000).toFixed(0)} s`,
);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
