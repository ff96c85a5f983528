/** `npm run chaos -- 200 [seed] [postgres|redis]`: rounds of faults over the compiled programs, on both brokers. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureBuilt } from './build.mjs';

const [rounds = '20', seed = String(Date.now() % 1_000_000), backend = ''] = process.argv.slice(2);
// Not `/dev/stdout`, which cannot be opened where the output is a socket.
const log = process.env.CHAOS_LOG ?? join(mkdtempSync(join(tmpdir(), 'millrace-chaos-log-')), 'rounds');
console.log(`${rounds} rounds with seed ${seed}; each is told in ${log}`);
const env = {
  ...process.env,
  CHAOS_ROUNDS: rounds,
  CHAOS_SEED: seed,
  CHAOS_BACKEND: backend,
  CHAOS_LOG: log,
};
await ensureBuilt();
const { status } = spawnSync('node_modules/.bin/vitest', ['run', '--project', 'e2e', 'test/chaos'], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
