import { In, LessThan } from 'typeorm';

import { AppError, type ChatTurn, STATUS } from '#contract';
import { jobName } from '#i18n';
import { ComponentEntity, GenerativeProcessEntity, GenerativeSessionEntity, ProcessDataEntity } from '#persistence';

import { isDownloaded } from '../component/download-state.js';
import { weightsPath } from '../component-download/weights.js';
import { generativeModel, generativeTask } from '../generative-session/choose-model.js';
import type { JobHandler } from '../job/job-handler.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { removeMedia } from './media.js';

/** A model sees no more turns than these, however large its window. */
const TURNS = 200;

/** Answers one turn of a session; the text so far is the job's progress message. */
export const generate: JobHandler<'GenerativeJob'> = {
  type: 'GenerativeJob',
  entity: ({ generative_process_id: id }) => ({ type: 'generative_process', id }),

  onlyReads: true,
  async deliver(tx, { generative_process_id: id }) {
    const turn = await rowById(tx, GenerativeProcessEntity, id, 'generative-process-not-found');
    const session = await rowById(tx, GenerativeSessionEntity, turn.session_id, 'generative-session-not-found');
    const task = await tx.findOneBy(ComponentEntity, { name: session.task_name });
    if (task?.manifest.type !== 'GenerativeTask') throw new AppError('not-generative', { name: session.task_name });
    const inputs = await tx.find(ProcessDataEntity, {
      where: { process_id: id, is_input: true },
      order: { id: 'ASC' },
    });
    checkInputs(session.task_name, task.manifest.metadata, inputs);
    return jobName('GenerativeJob', session.name);
  },

  async run({ ports, kwargs, compute, signal, progress, commit }) {
    const { db, catalogue } = ports;
    const id = kwargs.generative_process_id;
    const turn = await rowById(db.manager, GenerativeProcessEntity, id, 'generative-process-not-found');
    const session = await rowById(db.manager, GenerativeSessionEntity, turn.session_id, 'generative-session-not-found');
    const task = generativeTask(catalogue, session.task_name);
    const model = generativeModel(catalogue, session.model_name, task.name);
    if (!(await isDownloaded(ports, model))) throw new AppError('component-not-downloaded', { name: model.name });
    const history = task.metadata['use_history'] === true ? await turnsBefore(ports, turn) : [];
    const prompt = (await textsOf(ports, [id])).filter(({ is_input: isInput }) => isInput);
    const { text } = await compute.run(
      'generate-text',
      {
        model: { component: model.name, params: session.parameters },
        weightsPath: await weightsPath(ports, model.name),
        history,
        prompt: prompt.map(({ data }) => data).join('\n'),
        seed: id,
      },
      { progress, metrics: () => undefined },
      signal,
    );
    const former = await db.manager.findBy(ProcessDataEntity, { process_id: id, is_input: false });
    await commit(async (tx) => {
      await tx.delete(ProcessDataEntity, { process_id: id, is_input: false });
      await tx.insert(ProcessDataEntity, { process_id: id, is_input: false, data: text, data_type: 'str' });
    });
    await removeMedia(ports, former);
  },
};

/** @throws AppError `generative-input-invalid` when the task takes other or more inputs. */
function checkInputs(
  task: string,
  { inputs_types: types, inputs_cardinality: count }: Readonly<Record<string, unknown>>,
  inputs: readonly ProcessDataEntity[],
): void {
  const taken = types as readonly string[];
  const wrong = inputs.find(({ data_type: type }) => !taken.includes(type));
  if (wrong !== undefined)
    throw new AppError('generative-input-invalid', { task, reason: `${wrong.data_type} ∉ {${taken.join(', ')}}` });
  if (count !== 'n' && inputs.length !== count)
    throw new AppError('generative-input-invalid', { task, reason: `${inputs.length} ≠ ${String(count)}` });
}

/** What was said before this turn, as far as it was answered. */
async function turnsBefore(ports: Ports, turn: GenerativeProcessEntity): Promise<ChatTurn[]> {
  const earlier = await ports.db.manager.find(GenerativeProcessEntity, {
    where: { session_id: turn.session_id, id: LessThan(turn.id), status: STATUS.finished },
    order: { id: 'DESC' },
    take: TURNS,
  });
  const ids = earlier.map(({ id }) => id).reverse();
  const texts = await textsOf(ports, ids);
  return ids.flatMap((id) => {
    const said = (isInput: boolean): string =>
      texts
        .filter((one) => one.process_id === id && one.is_input === isInput)
        .map(({ data }) => data)
        .join('\n');
    return [
      { role: 'user', content: said(true) },
      { role: 'assistant', content: said(false) },
    ] as const;
  });
}

function textsOf({ db }: Ports, ids: readonly number[]): Promise<ProcessDataEntity[]> {
  return db.manager.find(ProcessDataEntity, {
    where: { process_id: In([...ids]), data_type: 'str' },
    order: { id: 'ASC' },
  });
}
