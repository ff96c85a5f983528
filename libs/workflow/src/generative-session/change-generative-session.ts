import type { EntityManager } from 'typeorm';

import { AppError, type GenerativeSessionChange, type WireGenerativeSession } from '#contract';
import { GenerativeSessionEntity, ParameterHistoryEntity } from '#persistence';

import type { Catalogue } from '../component/catalogue.js';
import type { Ports } from '../ports.js';
import { changeRow, givenName, orTaken, toWire } from '../rows.js';
import { checkParameters, defaultParameters, generativeModel } from './choose-model.js';

type Parameters = Record<string, unknown>;
type Choice = Pick<GenerativeSessionEntity, 'model_name' | 'parameters'>;

/**
 * Changes name, description, model and parameters. Another model, downloaded or not, comes with the parameters it last had in this
 * session, else with its defaults; what it then is becomes an entry of the history.
 * @throws AppError `generative-session-not-found`, `not-modified`, `name-empty`, `name-exists`, `not-generative`, `model-task-mismatch`,
 * `generative-parameters-invalid`.
 */
export async function patchGenerativeSession(
  { db, catalogue }: Ports,
  id: number,
  { name, description, model_name: model, parameters }: GenerativeSessionChange,
): Promise<WireGenerativeSession> {
  const changed = changeRow(db, session(id), async (row, tx) => {
    if (name === undefined && description === undefined && model === undefined && parameters === undefined)
      throw new AppError('not-modified');
    const choice = await chosen(catalogue, tx, row, { model, parameters });
    if (choice !== null) await remember(tx, id, choice);
    return {
      ...(name === undefined ? {} : { name: givenName(name) }),
      ...(description === undefined ? {} : { description }),
      ...choice,
    };
  });
  return toWire(await orTaken(changed, 'name-exists', { name: name?.trim() ?? '' }));
}

/**
 * Lays parameters over those of the session and remembers them, also when nothing differs.
 * @throws AppError `generative-session-not-found`, `not-generative` when its model is gone, `generative-parameters-invalid`.
 */
export async function changeParameters(
  { db, catalogue }: Ports,
  id: number,
  parameters: Parameters,
): Promise<{ id: number; parameters: Parameters }> {
  const row = await changeRow(db, session(id), async (before, tx) => {
    const choice = await chosen(catalogue, tx, before, { model: undefined, parameters });
    if (choice === null) return {};
    await remember(tx, id, choice);
    return choice;
  });
  return { id: row.id, parameters: row.parameters };
}

const session = (id: number) =>
  ({ entity: GenerativeSessionEntity, id, missing: 'generative-session-not-found' }) as const;

async function chosen(
  catalogue: Catalogue,
  tx: EntityManager,
  row: GenerativeSessionEntity,
  wanted: { model: string | undefined; parameters: Parameters | undefined },
): Promise<Choice | null> {
  const switched = wanted.model !== undefined && wanted.model !== row.model_name;
  if (!switched && wanted.parameters === undefined) return null;
  const model = generativeModel(catalogue, wanted.model ?? row.model_name, row.task_name);
  const before = switched ? ((await lastOf(tx, row.id, model.name)) ?? defaultParameters(model)) : row.parameters;
  const parameters = { ...before, ...wanted.parameters };
  checkParameters(model, parameters);
  return { model_name: model.name, parameters };
}

/** The parameters the model had when this session last used it. */
async function lastOf(tx: EntityManager, id: number, model: string): Promise<Parameters | undefined> {
  const [last] = await tx.find(ParameterHistoryEntity, {
    where: { session_id: id, model_name: model },
    order: { id: 'DESC' },
    take: 1,
  });
  return last?.parameters;
}

async function remember(tx: EntityManager, id: number, choice: Choice): Promise<void> {
  await tx.insert(ParameterHistoryEntity, { session_id: id, ...choice } as object);
}
