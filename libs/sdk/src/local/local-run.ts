import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { isoNow } from '../clock.js';
import type { Opening, Status } from '../sink.js';
import type { Leaves } from '../values/flatten.js';
import { readDocument, writeDocument } from './json-lines.js';
import { locked } from './lock.js';

/** `experiment.json`; `status` is ours, the Python client keeps none on disk. */
export interface LocalRun {
  readonly name: string;
  readonly project: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly bindrs: readonly string[];
  readonly prefix: string;
  readonly metadata: unknown;
  readonly created_at: string;
  readonly write_protected: boolean;
  readonly updated_at?: string;
  readonly status?: Status;
}

/** Makes the folder of a run, or opens the one that is there: what is given anew replaces what was said before. */
export function openRun(folder: string, { prefix, readme, tags, bindrs, metadata }: Opening): LocalRun {
  for (const part of ['logs', 'metrics', 'files']) mkdirSync(join(folder, part), { recursive: true });
  return changeRun(folder, (run) => {
    const moment = isoNow();
    const fresh: LocalRun = {
      name: prefix.name,
      project: prefix.project,
      description: readme ?? null,
      tags: tags ?? [],
      bindrs: bindrs ?? [],
      prefix: prefix.text,
      metadata: metadata ?? null,
      created_at: moment,
      write_protected: false,
      status: 'RUNNING',
    };
    if (!run) return fresh;
    if (run.write_protected) return run;
    return {
      ...run,
      ...(readme === undefined ? {} : { description: readme }),
      ...(tags === undefined ? {} : { tags }),
      ...(bindrs === undefined ? {} : { bindrs }),
      ...(metadata === undefined ? {} : { metadata }),
      prefix: prefix.text,
      updated_at: moment,
      status: 'RUNNING',
    };
  });
}

/** Writes how a run stands. */
export function setRunStatus(folder: string, status: Status): void {
  changeRun(folder, (run) => (run ? { ...run, status, updated_at: isoNow() } : undefined));
}

function changeRun<T extends LocalRun | undefined>(folder: string, change: (run: LocalRun | undefined) => T): T {
  const file = join(folder, 'experiment.json');
  return locked(join(folder, '.experiment.lock'), () => {
    const run = readDocument<LocalRun>(file);
    const changed = change(run);
    if (changed !== undefined && changed !== run) writeDocument(file, changed);
    return changed;
  });
}

interface LocalParams {
  readonly version: number;
  readonly data: Leaves;
  readonly createdAt?: string;
  readonly updatedAt: string;
}

/** Sets parameters beside those that are there. */
export function mergeParams(folder: string, leaves: Leaves): void {
  const file = join(folder, 'parameters.json');
  locked(join(folder, '.parameters.lock'), () => {
    const there = readDocument<LocalParams>(file);
    const moment = isoNow();
    writeDocument(file, {
      version: (there?.version ?? 0) + 1,
      data: { ...there?.data, ...leaves },
      createdAt: there?.createdAt ?? there?.updatedAt ?? moment,
      updatedAt: moment,
    });
  });
}

/** All parameters of a run. */
export const readParams = (folder: string): Leaves =>
  readDocument<LocalParams>(join(folder, 'parameters.json'))?.data ?? {};
