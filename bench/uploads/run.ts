// Uploads one large file by multipart, with its SHA-256, beside a bare Busboy that does the same, in the order A B B A.
//   npx tsc -p bench && node dist/bench/uploads/run.js [--megabytes 1024]
import { execFileSync, fork } from 'node:child_process';
import { createWriteStream, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { createLogger } from '#config';
import { freePort, startPostgres } from '#embedded';
import { migrate } from '#persistence';

const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '1024' } } });
const megabytes = Number(values.megabytes);
const root = join(import.meta.dirname, '..', '..', '..');
const home = mkdtempSync(join(tmpdir(), 'millrace-uploads-'));
const file = join(home, 'large.csv');
await makeFile();
const postgres = await startPostgres({ home, log: createLogger('silent') });
await migrate(postgres.url);
const log = openSync(join(home, 'programs.log'), 'a');
const start = async (
  program: string,
  env: Record<string, string>,
): Promise<{ port: number; pid: number; stop: () => Promise<void> }> => {
  const port = await freePort();
  const child = fork(join(root, program), {
    env: { ...process.env, MILLRACE_HOME: home, DATABASE_URL: postgres.url, MILLRACE_PORT: `${port}`, ...env },
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  for (let tries = 0; tries < 300; tries++) {
    if ((await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined))?.ok) break;
    await sleep(100);
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  };
  return { port, pid: child.pid!, stop };
};
const ours = await start('dist/apps/api/src/main.js', { NODE_ENV: 'production' });
const bare = await start('dist/bench/uploads/bare-busboy.js', { UPLOAD_FOLDER: home });
try {
  const before = { ours: residentMib(ours.pid), bare: residentMib(bare.pid) };
  const seconds = { ours: [] as number[], bare: [] as number[] };
  for (const [round, who] of (['ours', 'bare', 'bare', 'ours'] as const).entries()) {
    seconds[who].push(upload(who === 'ours' ? ours.port : bare.port, `file ${round}`));
    execFileSync('sh', ['-c', `rm -rf "${home}"/data/uploads/* "${home}"/bare-*`]);
  }
  const best = (list: readonly number[]): number => Math.round(megabytes / Math.min(...list));
  const report = {
    node: process.version,
    megabytes,
    loadAverage: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
    oursMegabytesPerSecond: best(seconds.ours),
    bareMegabytesPerSecond: best(seconds.bare),
    oursGrownMib: residentMib(ours.pid) - before.ours,
    bareGrownMib: residentMib(bare.pid) - before.bare,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(root, 'bench/results/uploads.json'), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await Promise.all([ours.stop(), bare.stop()]);
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
}

async function makeFile(): Promise<void> {
  const line = `${'12345.678,some words,2026-01-31,-0.25,'.repeat(27)}x\n`;
  const block = Buffer.from(line.repeat(Math.ceil((1 << 20) / line.length)).slice(0, 1 << 20));
  const out = createWriteStream(file);
  for (let n = 0; n < megabytes; n++)
    if (!out.write(block)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  await new Promise<void>((resolve) => out.end(() => resolve()));
}

function upload(port: number, name: string): number {
  const url = `http://127.0.0.1:${port}/api/v1/dataset/`;
  const answer = execFileSync(
    'curl',
    [
      '-sS',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code} %{time_total}',
      '-H',
      'Expect:',
      '-F',
      `file=@${file}`,
      '-F',
      `name=${name}`,
      url,
    ],
    { encoding: 'utf8' },
  );
  const [status, seconds] = answer.split(' ');
  if (status !== '201') throw new Error(`${url} answered ${status ?? ''}`);
  return Number(seconds);
}

/** Highest resident memory so far. */
function residentMib(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);
}
