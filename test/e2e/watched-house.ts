import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';
import { expect, vi } from 'vitest';

import type { StoredError } from '#contract';
import type { RunningMillrace } from '#testing';

const LIVE = `('not_started', 'started')`;
/** Names of the tables that rows speak of. */
const TABLES = `SELECT file_path FROM dataset WHERE file_path <> ''`;

/** Resident memory of the API, of the workers and of what computes for them. */
interface Sizes {
  apiBytes: number;
  workersBytes: number;
  childrenBytes: number;
}

/** Running programs with their rows, files and processes in view. */
export class WatchedHouse {
  private readonly db: pg.Pool;
  private readonly programs: readonly number[];

  constructor(private readonly millrace: RunningMillrace) {
    this.db = new pg.Pool({ connectionString: millrace.databaseUrl, max: 2 });
    // A pool that is idle when the database goes tells nobody else.
    this.db.on('error', () => undefined);
    this.programs = [millrace.api, ...millrace.workers].map(({ pid }) => pid);
  }

  /** How a job ended, as its row says it. */
  async problemOf(jobId: string): Promise<StoredError | null> {
    const { rows } = await this.db.query<{ error: StoredError | null }>('SELECT error FROM job WHERE id = $1', [jobId]);
    return rows[0]?.error ?? null;
  }

  /** Waits until nothing runs, every file belongs to a row, every row is whole and every program lives. */
  async isTidy(): Promise<void> {
    const tidy = { jobs: [], datasets: [], uploads: [], partial: [], strayTables: [], lostTables: [], dead: [] };
    await vi.waitFor(async () => expect(await this.disorder()).toEqual(tidy), { timeout: 60_000, interval: 50 });
  }

  private async disorder(): Promise<Record<string, unknown[]>> {
    const list = (folder: string): Promise<string[]> =>
      readdir(join(this.millrace.home, 'data', folder)).catch(() => []);
    const [jobs, datasets, named, uploads, partial, tables] = await Promise.all([
      this.column(`SELECT name FROM job WHERE state IN ${LIVE}`),
      this.column(
        `SELECT name FROM dataset WHERE status IN (1, 2) OR (status = 4) <> (file_path = '') AND status <> 0`,
      ),
      this.column(TABLES),
      list('uploads'),
      list('partial'),
      list('tables'),
    ]);
    const { api, workers } = this.millrace;
    return {
      jobs,
      datasets,
      uploads,
      // Where a living engine puts what does not fit its memory.
      partial: partial.filter((name) => !name.startsWith('engine-')),
      strayTables: tables.filter((name) => name.startsWith('dataset-') && !named.includes(name)),
      lostTables: named.filter((name) => !tables.includes(name)),
      dead: [api, ...workers].filter((program) => program.exitCode() !== undefined).map(({ pid }) => pid),
    };
  }

  /** Compute children that live now. */
  async children(): Promise<number[]> {
    const lists = await Promise.all(
      this.millrace.workers.map(async ({ pid }) => {
        const threads = await readdir(`/proc/${pid}/task`);
        const found = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8'));
        return (await Promise.all(found)).join(' ').split(' ').filter(Boolean).map(Number);
      }),
    );
    return lists.flat().sort((a, b) => a - b);
  }

  /** By how many bytes API, workers and compute children outgrew their sizes before, at most, while `work` was done. */
  async growth(work: () => Promise<void>): Promise<Sizes> {
    const [api, ...workers] = this.programs;
    const sizes = async (): Promise<Sizes> => ({
      apiBytes: await rssBytes([api!]),
      workersBytes: await rssBytes(workers),
      childrenBytes: await rssBytes(await this.children()),
    });
    const before = await sizes();
    const peak = { ...before };
    let done = false;
    const watch = async (): Promise<void> => {
      while (!done) {
        const now = await sizes();
        peak.apiBytes = Math.max(peak.apiBytes, now.apiBytes);
        peak.workersBytes = Math.max(peak.workersBytes, now.workersBytes);
        peak.childrenBytes = Math.max(peak.childrenBytes, now.childrenBytes);
        await sleep(25);
      }
    };
    const watching = watch();
    await work().finally(() => {
      done = true;
    });
    await watching;
    return {
      apiBytes: peak.apiBytes - before.apiBytes,
      workersBytes: peak.workersBytes - before.workersBytes,
      childrenBytes: peak.childrenBytes - before.childrenBytes,
    };
  }

  /** Processor time the programs and their compute children have taken so far, in seconds. */
  async cpuSeconds(): Promise<number> {
    const pids = [...this.programs, ...(await this.children())];
    return (await Promise.all(pids.map(cpuSeconds))).reduce((sum, seconds) => sum + seconds, 0);
  }

  /** Of all files in the home, but for logs and what a living engine keeps. */
  async diskBytes(): Promise<number> {
    const data = join(this.millrace.home, 'data');
    const entries = await readdir(data, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    // One may go while we look.
    const sizes = files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  private async column(sql: string): Promise<string[]> {
    const { rows } = await this.db.query<string[]>({ text: sql, rowMode: 'array' });
    return rows.map(([value]) => value!);
  }

  close(): Promise<void> {
    return this.db.end();
  }
}

async function rssBytes(pids: readonly number[]): Promise<number> {
  const sizes = pids.map(async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Linux counts in hundredths, whatever the machine. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, , , , , , , , , , , user, system] = stat
    .slice(stat.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  return (Number(user ?? 0) + Number(system ?? 0)) / 100;
}
