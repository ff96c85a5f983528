import type { TrackedRun, TrackedSource, TrackedStatus } from './tracked-types.js';

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
