/** `npm run chaos -- 200 [seed] [postgres|redis]`: rounds of faults over the compiled programs, on both brokers. */
import { spawnSync } from 'node:child_process';

const [rounds = '20', seed = String(Date.now() % 1_000_000), backend = ''] = process.argv.slice(2);
console.log(`${rounds} rounds with seed ${seed}`);
const env = {
  ...process.env,
  CHAOS_ROUNDS: rounds,
  CHAOS_SEED: seed,
  CHAOS_BACKEND: backend,
  CHAOS_LOG: '/dev/stdout',
};
const { status } = spawnSync('node_modules/.bin/vitest', ['run', '--project', 'e2e', 'test/chaos'], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);
