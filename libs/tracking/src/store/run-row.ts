import type { TrackedRun, TrackedRunSummary, TrackedSource, TrackedStatus } from './tracked-types.js';

/** What the driver answers for {@link RUN_COLUMNS}. */
export interface RunRow {
  readonly id: number;
  readonly project_id: number;
  readonly group_id: string | null;
  readonly ext_id: string;
  readonly folder: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: TrackedStatus;
  readonly archived: boolean;
  readonly write_protected: boolean;
  readonly source: TrackedSource;
  readonly training_run_id: number | null;
  readonly parent_run_id: number | null;
  readonly params: Record<string, unknown>;
  readonly params_version: number;
  readonly system: Record<string, unknown>;
  readonly metadata: Record<string, unknown> | null;
  readonly tags: string[];
  readonly bindrs: string[];
  readonly owner: string;
  readonly client_started_at: Date | null;
  readonly started_at: Date;
  readonly ended_at: Date | null;
  readonly last_seen: Date;
  readonly created: Date;
  readonly last_modified: Date;
}

/** Every column a {@link TrackedRun} is made of, of the table `run`. */
export const RUN_COLUMNS = `run.id, run.project_id, run.group_id, run.ext_id, run.folder, run.name, run.description, run.status,
  run.archived, run.write_protected, run.source, run.training_run_id, run.parent_run_id, run.params, run.params_version, run.system,
  run.metadata, run.tags, run.bindrs, run.owner, run.client_started_at, run.started_at, run.ended_at, run.last_seen, run.created,
  run.last_modified`;

/** A row as the store hands it out. */
export function toRun(row: RunRow): TrackedRun {
  return {
    id: row.id,
    projectId: row.project_id,
    groupId: row.group_id,
    extId: row.ext_id,
    folder: row.folder,
    name: row.name,
    description: row.description,
    status: row.status,
    archived: row.archived,
    writeProtected: row.write_protected,
    source: row.source,
    trainingRunId: row.training_run_id,
    parentRunId: row.parent_run_id,
    params: row.params,
    paramsVersion: row.params_version,
    system: row.system,
    metadata: row.metadata,
    tags: row.tags,
    bindrs: row.bindrs,
    owner: row.owner,
    clientStartedAt: row.client_started_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    lastSeen: row.last_seen,
    created: row.created,
    lastModified: row.last_modified,
  };
}

/** An ISO date of a column: text that no driver takes apart and puts together again. */
const iso = (column: string): string => `(run.${column} AT TIME ZONE 'UTC')::text AS ${column}`;
/** The columns of a {@link TrackedRunSummary}: no trees. */
export const SUMMARY_COLUMNS = `run.id, run.project_id, run.ext_id, run.folder, run.name, run.description, run.status, run.archived,
  run.source, run.training_run_id, run.parent_run_id, run.tags, run.owner,
  ${iso('started_at')}, ${iso('ended_at')}, ${iso('last_seen')}, ${iso('created')}, ${iso('last_modified')}`;

type SummaryDates = 'started_at' | 'last_seen' | 'created' | 'last_modified';

/** What the driver answers for {@link SUMMARY_COLUMNS}. */
export type SummaryRow = Omit<RunRow, SummaryDates | 'ended_at'> &
  Readonly<Record<SummaryDates, string>> & { readonly ended_at: string | null };

/** Field by field: with a rest pattern ten thousand rows take seven times as long, and so does whatever reads them. */
export const toSummary = (row: SummaryRow): TrackedRunSummary => ({
  id: row.id,
  projectId: row.project_id,
  extId: row.ext_id,
  folder: row.folder,
  name: row.name,
  description: row.description,
  status: row.status,
  archived: row.archived,
  source: row.source,
  trainingRunId: row.training_run_id,
  parentRunId: row.parent_run_id,
  tags: row.tags,
  owner: row.owner,
  startedAt: isoDate(row.started_at),
  endedAt: row.ended_at === null ? null : isoDate(row.ended_at),
  lastSeen: isoDate(row.last_seen),
  created: isoDate(row.created),
  lastModified: isoDate(row.last_modified),
});

/** `2026-01-02 03:04:05.678901` as JSON has it, to the millisecond. */
const isoDate = (text: string): string =>
  `${text.slice(0, 10)}T${text.length < 23 ? shortTime(text) : text.slice(11, 23)}Z`;

/** Of a time whose thousandths end in zeros, which the database leaves out. */
const shortTime = (text: string): string => `${text.slice(11, 19)}.${text.slice(20).padEnd(3, '0')}`;
