import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { createLogger } from '#config';
import { type EmbeddedPostgres, freePort, startPostgres } from '#embedded';
import { migrate } from '#persistence';

export type Backend = 'postgres' | 'redis';
type ProgramName = 'api' | 'worker';

/** The programs are compiled below the folder everything is started in. */
const root = process.cwd();
const log = createLogger('warn', { program: 'chaos' });
/** Programs of two houses start at once in the tests, on a machine that may do other work. */
const READY_MS = 240_000;

/** A program that is started again whenever the driver says so. */
export class Restartable {
  child: ChildProcess | undefined;

  constructor(
    readonly name: string,
    private readonly program: ProgramName,
    private readonly env: Readonly<Record<string, string>>,
    private readonly logFile: string,
  ) {}

  get pid(): number | undefined {
    return this.running ? this.child?.pid : undefined;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its compute children. */
  children(): number[] {
    return this.pid === undefined ? [] : childrenOf(this.pid);
  }

  /** Starts it unless it runs. Its output is read here, so that a limit on its files does not touch it. */
  start(): void {
    if (this.running) return;
    const main = join(root, 'dist', 'apps', this.program, 'src', 'main.js');
    const child = fork(main, {
      cwd: root,
      env: { ...outside(), ...this.env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => appendFileSync(this.logFile, data));
    this.child = child;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return;
    const exited = once(this.child!, 'exit');
    this.child!.kill(signal);
    await exited;
  }
}

/** Database, broker, API and two workers, each of which can be hurt and mended. */
export class House {
  readonly home = mkdtempSync(join(tmpdir(), 'millrace-chaos-'));
  readonly logFile = join(this.home, 'programs.log');
  postgres!: EmbeddedPostgres;
  redis: ChildProcess | undefined;
  redisPort = 0;
  api!: Restartable;
  workers: Restartable[] = [];
  url = '';

  private constructor(readonly backend: Backend) {}

  static async open(backend: Backend, env: Readonly<Record<string, string>> = {}): Promise<House> {
    const house = new House(backend);
    await house.startPostgres();
    await migrate(house.postgres.url);
    if (backend === 'redis') await house.startRedis();
    const port = await freePort();
    house.url = `http://127.0.0.1:${port}`;
    const settings = {
      DATABASE_URL: house.postgres.url,
      REDIS_URL: backend === 'redis' ? `redis://127.0.0.1:${house.redisPort}` : '',
      MILLRACE_HOME: house.home,
      MILLRACE_HOST: '127.0.0.1',
      MILLRACE_PORT: `${port}`,
      MILLRACE_THREADS: '1',
      MILLRACE_TASKS: join(root, 'test', 'chaos', 'tasks.mjs'),
      ...env,
    };
    house.api = new Restartable('api', 'api', settings, house.logFile);
    house.workers = ['worker 1', 'worker 2'].map((name) => new Restartable(name, 'worker', settings, house.logFile));
    house.startPrograms();
    await house.ready();
    return house;
  }

  /** Everything that does not run is started. */
  startPrograms(): void {
    for (const program of [this.api, ...this.workers]) program.start();
  }

  async ready(): Promise<void> {
    for (const end = performance.now() + READY_MS; performance.now() < end;) {
      const status = await fetch(`${this.url}/health/ready`).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 200) return;
      if (!this.api.running) this.api.start();
      await sleep(100);
    }
    throw new Error(`not ready; see ${this.logFile}`);
  }

  async startPostgres(): Promise<void> {
    const port = (this.postgres as EmbeddedPostgres | undefined)?.port;
    this.postgres = await startPostgres({ home: this.home, log, ...(port === undefined ? {} : { port }) });
  }

  async startRedis(): Promise<void> {
    this.redisPort ||= await freePort();
    const options = [
      '--port',
      `${this.redisPort}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ];
    this.redis = spawn('redis-server', options, { stdio: 'ignore', cwd: this.home });
    await sleep(100);
  }

  /** One statement on a connection of its own, tried again while the database is away. */
  async sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    for (let round = 0; ; round++) {
      const client = new pg.Client({ connectionString: this.postgres.url, connectionTimeoutMillis: 2000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.query<R>(text, values)).rows;
      } catch (error) {
        if (round >= 50) throw error;
        await sleep(200);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }

  /** `keep` leaves the folder with the log for a look at what went wrong. */
  async close({ keep = false } = {}): Promise<void> {
    for (const program of [this.api, ...this.workers]) {
      if (program.pid !== undefined) process.kill(program.pid, 'SIGCONT');
      await program.kill('SIGKILL');
    }
    this.redis?.kill('SIGKILL');
    await this.postgres.stop();
    if (!keep) rmSync(this.home, { recursive: true, force: true });
  }
}

function outside(): NodeJS.ProcessEnv {
  const hidden = new Set(['NODE_ENV', 'NODE_OPTIONS', 'VITEST']);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !hidden.has(name)));
}

/** Child processes of a process, from the kernel's own table. */
function childrenOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])] as const];
      } catch {
        return [];
      }
    });
  return parents.filter(([, parent]) => parent === pid).map(([child]) => child);
}
