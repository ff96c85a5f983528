/**
 * What is promised, the command that shows it, pass or fail with its figure: `npm run accept [point …]`.
 * The rows are in test/acceptance.mjs; a command that several rows name runs once.
 */
import { spawn } from 'node:child_process';

import { rows } from '../test/acceptance.mjs';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './run.mjs';

const wanted = process.argv.slice(2);
const chosen = rows.filter(
  ({ point }) => wanted.length === 0 || wanted.some((prefix) => point === prefix || point.startsWith(`${prefix}.`)),
);
if (chosen.length === 0) {
  console.error(`no row for ${wanted.join(', ')}; there are ${rows.map(({ point }) => point).join(', ')}`);
  process.exit(2);
}

function shell(command) {
  return new Promise((resolve) => {
    const child = spawn(command, {
      cwd: root,
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing is promised by a test that did not run. Python's programs take FORCE_COLOR for a yes, whatever it says.
      env: { ...process.env, MILLRACE_NO_SKIPS: 'on', FORCE_COLOR: undefined, NO_COLOR: '1' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

await ensureInstalled();
await ensureBuilt();
const ran = new Map();
let failures = 0;
console.log('| point | what | command | result |\n| --- | --- | --- | --- |');
for (const { point, what, command, figure } of chosen) {
  if (!ran.has(command)) ran.set(command, await shell(command));
  const { ok, output } = ran.get(command);
  const found = figure?.exec(output);
  const passed = ok && (!figure || found !== null);
  if (!passed) failures++;
  const result = `${passed ? 'pass' : 'FAIL'}${found ? `: ${found[1] ?? found[0]}` : ''}`;
  console.log(`| ${point} | ${what} | \`${command}\` | ${result} |`);
  if (!passed) console.error(output.split('\n').slice(-40).join('\n'));
}
console.log(`\n${chosen.length - failures} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
