import { AppError, type UploadedFile, type WireGenerativeProcess } from '#contract';
import { GenerativeProcessEntity, GenerativeSessionEntity, ProcessDataEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { lockedRow, rowById } from '../rows.js';
import { keepMedia, removeMedia } from './media.js';
import { getGenerativeProcess } from './read-generative-processes.js';

/** The form of a new turn: the session and inputs by names that end in their place. */
export interface TurnForm {
  readonly session_id: number;
  readonly [field: string]: unknown;
}
interface Input {
  readonly place: number;
  readonly content: string | UploadedFile;
}

/**
 * Creates a turn of a session with its inputs in order; files become media. Nothing runs yet.
 * @throws AppError `generative-session-not-found`, `generative-input-invalid`, `upload-too-large`; nothing is kept then.
 */
export async function createGenerativeProcess(
  ports: Ports,
  { session_id: sessionId, ...fields }: TurnForm,
  files: readonly UploadedFile[],
): Promise<WireGenerativeProcess> {
  const { db, storage } = ports;
  const session = await rowById(db.manager, GenerativeSessionEntity, sessionId, 'generative-session-not-found');
  const inputs = inputsOf(fields, files, session.task_name);
  const kept: Pick<ProcessDataEntity, 'data' | 'data_type'>[] = [];
  try {
    for (const { content } of inputs)
      kept.push(typeof content === 'string' ? { data: content, data_type: 'str' } : await keepMedia(ports, content));
    const id = await db.transaction(async (tx) => {
      const missing = 'generative-session-not-found';
      await lockedRow(tx, { entity: GenerativeSessionEntity, id: sessionId, missing }, 'read');
      const row = await tx.save(tx.create(GenerativeProcessEntity, { session_id: sessionId }));
      // One by one: their ids are their order.
      for (const one of kept) await tx.insert(ProcessDataEntity, { ...one, process_id: row.id, is_input: true });
      return row.id;
    });
    for (const file of files) await storage.remove(file.key);
    return await getGenerativeProcess(ports, id);
  } catch (error) {
    await removeMedia(ports, kept);
    throw error;
  }
}

function inputsOf(fields: Readonly<Record<string, unknown>>, files: readonly UploadedFile[], task: string): Input[] {
  const given = [
    ...Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const)),
    ...files.map((file) => [file.field, file] as const),
  ];
  const inputs = given.map(([name, content]) => {
    const place = /_(\d{1,6})$/.exec(name)?.[1];
    if (place === undefined) throw new AppError('generative-input-invalid', { task, reason: `${name} ≠ <name>_<n>` });
    return { place: Number(place), content };
  });
  if (inputs.length === 0) throw new AppError('generative-input-invalid', { task, reason: 'text_0' });
  return inputs.sort((one, other) => one.place - other.place);
}
