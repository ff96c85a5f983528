import {
  AppError,
  type ComponentManifest,
  type LocalText,
  type NewGenerativeSession,
  type WireGenerativeSession,
} from '#contract';
import { GenerativeSessionEntity, ParameterHistoryEntity } from '#persistence';

import { requiredDownloads } from '../component/required-downloads.js';
import type { Ports } from '../ports.js';
import { givenName, orTaken, rowById, toWire } from '../rows.js';
import { checkParameters, generativeModel, generativeTask } from './choose-model.js';

/**
 * Creates a session with the first entry of its history; `display_name` is the task's.
 * @throws AppError `not-generative`, `model-task-mismatch`, `generative-parameters-invalid`, `component-not-downloaded`, `name-empty`,
 * `name-exists`.
 */
export async function createGenerativeSession(
  ports: Ports,
  given: NewGenerativeSession,
): Promise<WireGenerativeSession & { display_name: LocalText }> {
  const { catalogue, db } = ports;
  const task = generativeTask(catalogue, given.task_name);
  const model = generativeModel(catalogue, given.model_name, task.name);
  const name = givenName(given.name);
  const parameters = ofModel(model, given.parameters);
  checkParameters(model, parameters);
  const [missing] = await requiredDownloads(ports, { model_name: model.name, parameters });
  if (missing !== undefined) throw new AppError('component-not-downloaded', { name: missing.name });
  const created = db.transaction(async (tx) => {
    const row = tx.create(GenerativeSessionEntity, {
      name,
      description: given.description ?? null,
      task_name: task.name,
      model_name: model.name,
      parameters,
    });
    const { id } = await tx.save(row);
    await tx.insert(ParameterHistoryEntity, { session_id: id, model_name: model.name, parameters } as object);
    return rowById(tx, GenerativeSessionEntity, id, 'generative-session-not-found');
  });
  return { ...toWire(await orTaken(created, 'name-exists', { name })), display_name: task.displayName };
}

/** The form of DashAI's client keeps the name and the description of the session beside the parameters, and sends them among these too. */
function ofModel({ fields }: ComponentManifest, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const foreign = ['name', 'description'].filter((key) => !Object.hasOwn(fields, key));
  return Object.fromEntries(Object.entries(given).filter(([key]) => !foreign.includes(key)));
}
