import { isDeepStrictEqual } from 'node:util';

import type { WireParameterChange, WireParameterSnapshot } from '#contract';
import { GenerativeSessionEntity, ParameterHistoryEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, wireDate } from '../rows.js';

/** The parameters of a session over time, the oldest first. @throws AppError `generative-session-not-found`. */
export async function parameterHistory(ports: Ports, id: number): Promise<WireParameterSnapshot[]> {
  return (await snapshots(ports, id)).map(({ id, session_id, parameters, modified_at }) => ({
    id,
    session_id,
    parameters,
    modified_at: wireDate(modified_at),
  }));
}

/**
 * What changed from one snapshot to the next: one event for each after the first, empty when nothing did. A change of the model
 * says only that. @throws AppError `generative-session-not-found`.
 */
export async function parameterChanges(ports: Ports, id: number): Promise<WireParameterChange[]> {
  const rows = await snapshots(ports, id);
  return rows.slice(1).map((row, at) => ({
    id: row.id,
    timestamp: wireDate(row.modified_at),
    changes: changesBetween(rows[at]!, row),
  }));
}

type Snapshot = Pick<ParameterHistoryEntity, 'model_name' | 'parameters'>;

function changesBetween(before: Snapshot, after: Snapshot): WireParameterChange['changes'] {
  if (before.model_name !== after.model_name)
    return [{ parameter: 'model', oldValue: before.model_name, newValue: after.model_name }];
  return [...new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])]
    .filter((name) => !isDeepStrictEqual(before.parameters[name], after.parameters[name]))
    .map((name) => ({
      parameter: name,
      oldValue: before.parameters[name] ?? null,
      newValue: after.parameters[name] ?? null,
    }));
}

async function snapshots({ db }: Ports, id: number): Promise<ParameterHistoryEntity[]> {
  await rowById(db.manager, GenerativeSessionEntity, id, 'generative-session-not-found');
  return db.manager.find(ParameterHistoryEntity, { where: { session_id: id }, order: { id: 'ASC' } });
}
