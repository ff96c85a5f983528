import { In } from 'typeorm';

import type { WireGenerativeProcess, WireProcessData } from '#contract';
import { GenerativeProcessEntity, ProcessDataEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, toWire, without } from '../rows.js';

/** One turn with what went in and out. @throws AppError `generative-process-not-found`. */
export async function getGenerativeProcess(ports: Ports, id: number): Promise<WireGenerativeProcess> {
  const row = await rowById(ports.db.manager, GenerativeProcessEntity, id, 'generative-process-not-found');
  return (await withData(ports, [row]))[0]!;
}

/** What a turn answered. @throws AppError `generative-process-not-found`. */
export async function processResults(ports: Ports, id: number): Promise<WireProcessData[]> {
  return (await getGenerativeProcess(ports, id)).output;
}

/** The turns of a session, the oldest first; of an unknown session none. */
export async function listGenerativeProcesses(ports: Ports, sessionId: number): Promise<WireGenerativeProcess[]> {
  const where = { session_id: sessionId };
  return withData(ports, await ports.db.manager.find(GenerativeProcessEntity, { where, order: { id: 'ASC' } }));
}

async function withData({ db }: Ports, rows: readonly GenerativeProcessEntity[]): Promise<WireGenerativeProcess[]> {
  const data = await db.manager.find(ProcessDataEntity, {
    where: { process_id: In(rows.map(({ id }) => id)) },
    order: { id: 'ASC' },
  });
  const byProcess = new Map<number, ProcessDataEntity[]>(rows.map(({ id }) => [id, []]));
  for (const one of data) byProcess.get(one.process_id)?.push(one);
  return rows.map((row) => {
    const own = (byProcess.get(row.id) ?? []).map(toWire);
    return {
      ...without(toWire(row), 'huey_id'),
      input: own.filter(({ is_input: isInput }) => isInput),
      output: own.filter(({ is_input: isInput }) => !isInput),
    };
  });
}
