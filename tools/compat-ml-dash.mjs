/**
 * The real ML-Dash client, unmodified, against a Millrace of its own:
 *   npm run compat:ml-dash -- [--versions 0.6.27,0.11.0] [--url <running Millrace>] [--record <folder>]
 * Each version is installed from the Python index into a folder of its own below the system's temporary one, and removed again. Nothing of
 * it is kept here. `--record` writes what the client sent, as test/compat/ml-dash replays it.
 * Ends with 1 when something read back differs, with 2, loudly, when the client could not be had.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ensureBuilt } from './build.mjs';
import { startHouse } from './dashai-web/house.mjs';
import { guideScript } from './guide-script.mjs';
import { hasCommandLine, homeOf } from './ml-dash/command-line.mjs';
import { startRecorder } from './ml-dash/recorder.mjs';
import { root } from './run.mjs';

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const versions = (option('--versions') ?? '0.6.27,0.11.0').split(',');
const folder = await mkdtemp(join(tmpdir(), 'millrace-ml-dash-'));
const failures = [];
let house;
try {
  const installed = versions.map((version) => [version, install(version)]);
  if (installed.every(([, python]) => python === undefined)) {
    console.error(
      'NOT RUN: the ML-Dash client could not be installed. It comes from the Python package index (`pip install ml-dash`):\n' +
        'make the index reachable, or name a mirror with PIP_INDEX_URL, and run this again. Nothing was tested.',
    );
    process.exitCode = 2;
  } else {
    const given = option('--url');
    if (!given) await ensureBuilt();
    house = given ? { url: given, stop: () => undefined, log: () => '' } : await startHouse('');
    for (const [version, python] of installed) {
      if (python === undefined) failures.push(`${version}: could not be installed`);
      else await runSessions(version, python);
    }
    for (const failure of failures) console.error(`FAILED ${failure}`);
    if (failures.length > 0) {
      console.error(house.log().slice(-3000));
      process.exitCode = 1;
    }
  }
} finally {
  await house?.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A Python with this version, undefined when it could not be had. */
function install(version) {
  const venv = join(folder, version);
  const python = join(venv, 'bin', 'python');
  const steps = [
    ['python3', ['-m', 'venv', venv]],
    [python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', `ml-dash==${version}`]],
  ];
  for (const [command, given] of steps) {
    const { status, error, stderr } = spawnSync(command, given, { encoding: 'utf8', timeout: 600_000 });
    if (status === 0) continue;
    console.error(`ml-dash ${version} was not installed: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
    return undefined;
  }
  return python;
}

/** A session through the library and, where the version has one, one through the command line. */
async function runSessions(version, python) {
  for (const script of ['session.py', 'commands.py']) {
    const recorder = await startRecorder(house.url);
    const home = await mkdtemp(join(folder, 'home-'));
    const { code, output } = await run(python, [join(root, 'tools/ml-dash', script), recorder.url], home);
    const said = output.trim().split('\n').at(-1);
    console.log(`ml-dash ${version} ${script}: ${said}`);
    if (code !== 0) failures.push(`${version} ${script}:\n${output.slice(-3000)}`);
    const kept = option('--record');
    await recorder.stop(kept && code === 0 ? join(kept, `${version}-${script.replace('.py', '')}.json`) : undefined);
    await forget(house.url);
  }
  await runGuide(version, python);
}

/** The script of the guide, as it stands there, after signing in. */
async function runGuide(version, python) {
  const guide = await readFile(join(root, 'docs/guides/ml-dash.md'), 'utf8');
  const script = guideScript(guide);
  const home = await mkdtemp(join(folder, 'home-'));
  const signIn =
    'import sys; sys.argv = ["session.py", sys.argv[1]]; exec(open(SESSION).read().split("\\nsign_in()\\n")[0]); sign_in()';
  const session = JSON.stringify(join(root, 'tools/ml-dash/session.py'));
  for (const code of [signIn.replace('SESSION', session), script]) {
    const { code: ended, output } = await run(python, ['-c', code, house.url], home);
    if (ended !== 0) failures.push(`${version} docs/guides/ml-dash.md:\n${output.slice(-3000)}`);
  }
  const commands = [...guide.matchAll(/```sh\n([^]*?)```/g)].map((block) => block[1]).join('\n');
  if (hasCommandLine(python)) {
    const shell = `set -euo pipefail\n${commands.replaceAll('http://localhost:8000', house.url)}`;
    // The page signs in without a browser only where nobody has to approve; here nobody sits before one.
    const env = { PATH: `${dirname(python)}:${process.env.PATH}`, BROWSER: 'true' };
    const { code: ended, output } = await run('bash', ['-c', shell], home, env);
    if (ended !== 0 || !output.includes('"lr"'))
      failures.push(`${version} commands of the guide:\n${output.slice(-3000)}`);
  }
  console.log(`ml-dash ${version} docs/guides/ml-dash.md: run`);
  await forget(house.url);
}

function run(command, given, home, more = {}) {
  return new Promise((resolve) => {
    const env = { ...homeOf(home), MILLRACE: house.url, ML_DASH_FLUSH_INTERVAL: '0.5', ...more };
    const child = spawn(command, given, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 180_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The next session finds nothing of this one. */
async function forget(url) {
  const ask = (path, init) => fetch(`${url}${path}`, { ...init, headers: { 'content-type': 'application/json' } });
  for (const namespace of ['ada', 'ann', 'local']) {
    const query = `{ namespace(slug: "${namespace}") { projects { id } } }`;
    const answer = await ask('/graphql', { method: 'POST', body: JSON.stringify({ query }) });
    const { data } = await answer.json();
    for (const { id } of data.namespace.projects) await ask(`/api/projects/${id}`, { method: 'DELETE' });
  }
}
