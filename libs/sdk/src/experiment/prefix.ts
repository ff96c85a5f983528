import { basename, extname } from 'node:path';

import { segmentsOf } from '../local/safe-name.js';
import type { Settings } from '../settings.js';
import { snowflake } from '../values/snowflake.js';

/** Where an experiment lives, taken apart. */
export interface Prefix {
  /** `owner/project/folder…/name`. */
  readonly text: string;
  readonly owner: string;
  readonly project: string;
  /** Between project and name, `a/b`; empty when there is none. */
  readonly folder: string;
  readonly name: string;
}

/** What `{EXP.…}` in a prefix may name. */
export interface RunValues {
  readonly id: string;
  readonly user: string;
  readonly project: string;
  readonly now: Date;
  readonly date: string;
  readonly datetime: string;
  readonly timestamp: string;
  readonly entry: string;
  readonly path_stem: string;
  readonly job_counter: number;
  readonly job_name: string;
}

let runs = 0;

/** The values of a new run. */
export function runValues({ user }: Pick<Settings, 'user'>, now = new Date()): RunValues {
  runs += 1;
  const [day, time] = localIso(now).split('T') as [string, string];
  const entry = process.argv[1] ?? 'node';
  const date = day.replaceAll('-', '');
  return {
    id: snowflake(),
    user,
    project: 'scratch',
    now,
    date,
    datetime: `${date}.${time.replaceAll(':', '')}`,
    timestamp: now.toISOString(),
    entry,
    path_stem: basename(entry, extname(entry)),
    job_counter: runs,
    job_name: `${time.replaceAll(':', '.')}-${String(runs).padStart(3, '0')}`,
  };
}

function localIso(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/** Who names no prefix gets one that nobody else has. */
export const DEFAULT_PREFIX = '{EXP.user}/{EXP.project}/{EXP.date}/{EXP.path_stem}/{EXP.job_name}';

/**
 * Fills the placeholders of a prefix and takes it apart. With two segments the project's name is also the experiment's.
 * @throws RangeError for unknown placeholders, for fewer than two segments, and for segments that are no names.
 */
export function parsePrefix(template: string, values: RunValues): Prefix {
  const text = template.replaceAll(/\{EXP\.(\w+)\}/g, (_all, name: string) => {
    if (!Object.hasOwn(values, name))
      throw new RangeError(`{EXP.${name}} stands for nothing; there are ${Object.keys(values).join(', ')}`);
    const value = values[name as keyof RunValues];
    return value instanceof Date ? value.toISOString() : String(value);
  });
  const segments = segmentsOf(text);
  const [owner, project] = segments;
  if (owner === undefined || project === undefined)
    throw new RangeError(`The prefix ${JSON.stringify(template)} is too short: write owner/project/name`);
  return {
    text: segments.join('/'),
    owner,
    project,
    folder: segments.slice(2, -1).join('/'),
    name: segments.at(-1)!,
  };
}
