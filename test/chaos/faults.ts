import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { Redis } from 'ioredis';

import type { Random } from '#linalg';

import { hasPrograms } from '../e2e/programs.js';

import type { Backend, House, Restartable } from './house.js';

/** Something that goes wrong and is mended again, in a time of its own. */
export interface Fault {
  readonly name: string;
  readonly backends: readonly Backend[];
  readonly strike: (house: House, random: Random) => Promise<void>;
}

const both: readonly Backend[] = ['postgres', 'redis'];
/** Longer than any lease or lock. */
const FROZEN_MS = 6000;
const FULL_MS = 2500;
const FILE_LIMIT_BYTES = 32_768;

const pick = (house: House, random: Random): Restartable => house.workers[random.below(house.workers.length)]!;

export const faults: readonly Fault[] = [
  {
    name: 'worker killed',
    backends: both,
    strike: async (house, random) => {
      const worker = pick(house, random);
      await worker.kill('SIGKILL');
      await sleep(random.below(1500));
      worker.start();
    },
  },
  {
    name: 'both workers killed',
    backends: both,
    strike: async (house, random) => {
      await Promise.all(house.workers.map((worker) => worker.kill('SIGKILL')));
      await sleep(random.below(1000));
      house.startPrograms();
    },
  },
  {
    name: 'worker stopped in good order',
    backends: both,
    strike: async (house, random) => {
      const worker = pick(house, random);
      await worker.kill('SIGTERM');
      worker.start();
    },
  },
  {
    name: 'compute child killed',
    backends: both,
    strike: (house, random) => {
      const children = pick(house, random).children();
      const [victim] = children.slice(random.below(Math.max(1, children.length)));
      if (victim !== undefined) process.kill(victim, 'SIGKILL');
      return Promise.resolve();
    },
  },
  {
    name: 'api killed',
    backends: both,
    strike: async (house, random) => {
      await house.api.kill('SIGKILL');
      await sleep(random.below(500));
      house.api.start();
    },
  },
  {
    name: 'worker frozen, then a zombie',
    backends: both,
    strike: async (house, random) => {
      const { pid } = pick(house, random);
      if (pid === undefined) return;
      process.kill(pid, 'SIGSTOP');
      await sleep(FROZEN_MS);
      process.kill(pid, 'SIGCONT');
    },
  },
  {
    name: 'Redis killed with all it held',
    backends: ['redis'],
    strike: async (house, random) => {
      const exited = once(house.redis!, 'exit');
      house.redis!.kill('SIGKILL');
      await exited;
      await sleep(random.below(2000));
      await house.startRedis();
    },
  },
  {
    name: 'Redis emptied',
    backends: ['redis'],
    strike: async (house) => {
      const client = new Redis(house.redisPort, '127.0.0.1');
      await client.flushall();
      client.disconnect();
    },
  },
  {
    name: 'Postgres stopped at once',
    backends: both,
    strike: async (house, random) => {
      process.kill(house.postgres.pid, 'SIGQUIT');
      await house.postgres.exited;
      await sleep(random.below(2000));
      await house.startPostgres();
    },
  },
  {
    name: 'every connection cut',
    backends: both,
    strike: async (house) => {
      await house.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()`,
      );
    },
  },
  {
    name: 'files cannot grow',
    backends: hasPrograms('prlimit') ? both : [],
    strike: async (house) => {
      const limitAll = (limit: string): void => {
        const workers = house.workers.flatMap(({ pid }) => pid ?? []);
        limitFiles(workers, limit);
        // Asked afterwards: a child that was started meanwhile has the limit its worker had.
        const children = house.workers.flatMap((worker) => worker.children());
        limitFiles(children, limit);
      };
      limitAll(`${FILE_LIMIT_BYTES}:unlimited`);
      await sleep(FULL_MS);
      limitAll('unlimited:unlimited');
    },
  },
];

function limitFiles(pids: readonly number[], limit: string): void {
  for (const pid of pids) {
    try {
      execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${limit}`], { stdio: 'ignore' });
    } catch (error) {
      // The process may have ended meanwhile.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    }
  }
}
