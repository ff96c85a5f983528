import type { TaskInput } from '#contract';
import { AppError } from '#contract';
import { DatasetEntity, GlobalExplainerEntity, LocalExplainerEntity, ModelSessionEntity } from '#persistence';
import { tableKey as keyOf } from '#storage';

import { finishedDataset } from '../dataset/dataset-table.js';
import { attemptToken } from '../job/attempt-token.js';
import type { JobContext, JobHandler } from '../job/job-handler.js';
import { sessionPlan } from '../model-session/session-plan.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { finishedRun, trainedRun } from '../run/finished-run.js';
import { localParameters } from './local-parameters.js';
import { localScope } from './local-scope.js';
import { scopedEntity } from './scoped-entity.js';

type Context = JobContext<'ExplainerJob'>;

/** Explains a finished run: as a whole on its own test rows, or its answers for rows of a scope. */
export const explainRun: JobHandler<'ExplainerJob'> = {
  type: 'ExplainerJob',
  entity: ({ explainer_id: id, explainer_scope: scope }) => ({ type: `${scope}_explainer`, id }),

  onlyReads: true,
  async deliver(tx, { explainer_id: id, explainer_scope: scope, manual_input_data: manual }) {
    const explainer = await rowById(tx, scopedEntity(scope), id, 'explainer-not-found');
    const run = await finishedRun(tx, explainer.run_id);
    if (explainer instanceof LocalExplainerEntity) {
      if (localScope(explainer.scope) === 'manual') {
        const session = await rowById(tx, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
        checkRows(session, manual);
      } else await rowById(tx, DatasetEntity, explainer.dataset_id, 'dataset-not-found');
    }
    return `${explainer.explainer_name}: ${run.name}`;
  },

  outputs: (job) => (job.kwargs.explainer_scope === 'local' ? [keyOf(attemptToken('rows', job))] : []),

  run: (context) => (context.kwargs.explainer_scope === 'global' ? explainWhole(context) : explainAnswers(context)),
};

/** @throws AppError `manual-input-invalid` without rows, `input-columns-missing`. */
function checkRows(session: ModelSessionEntity, rows: Context['kwargs']['manual_input_data']): void {
  if (!rows?.length) throw new AppError('manual-input-invalid', { reason: 'manual_input_data' });
  const missing = session.input_columns.filter((name) => !rows.some((row) => Object.hasOwn(row, name)));
  if (missing.length > 0) throw new AppError('input-columns-missing', { columns: missing.join(', ') });
}

async function explainWhole({ ports, kwargs, compute, signal, progress, commit }: Context): Promise<void> {
  const explainer = await rowById(ports.db.manager, GlobalExplainerEntity, kwargs.explainer_id, 'explainer-not-found');
  const { stateKey, tableKey, splitsKey } = await trainedRun(ports.db.manager, explainer.run_id);
  const { explanation, artifacts } = await compute.run(
    'explain-run',
    {
      stateKey,
      tableKey,
      splitsKey,
      explainer: { component: explainer.explainer_name, params: explainer.parameters },
    },
    { progress, metrics: () => undefined },
    signal,
  );
  await commit(async (tx) => {
    const results = { explanation: explanation as never, artifacts: [...artifacts] as never, plot_overrides: null };
    await tx.update(GlobalExplainerEntity, explainer.id, results);
  });
}

async function explainAnswers({ ports, job, kwargs, compute, signal, progress, commit }: Context): Promise<void> {
  const explainer = await rowById(ports.db.manager, LocalExplainerEntity, kwargs.explainer_id, 'explainer-not-found');
  const { session, stateKey, ...training } = await trainedRun(ports.db.manager, explainer.run_id);
  const token = attemptToken('rows', job);
  const params = localParameters(explainer.parameters, explainer.fit_parameters);
  const { explanation, artifacts } = await compute.run(
    'explain-rows',
    {
      stateKey,
      training,
      asked: await askedRows(ports, explainer, session, kwargs.manual_input_data ?? []),
      explainer: { component: explainer.explainer_name, params },
      targetKey: keyOf(token),
    },
    { progress, metrics: () => undefined },
    signal,
  );
  await commit(async (tx) => {
    const results = { explanation: explanation as never, artifacts: [...artifacts] as never, plot_overrides: null };
    await tx.update(LocalExplainerEntity, explainer.id, { ...results, input_dataset_path: token });
  });
  if (explainer.input_dataset_path !== null) await ports.storage.remove(keyOf(explainer.input_dataset_path));
}

async function askedRows(
  ports: Ports,
  explainer: LocalExplainerEntity,
  session: ModelSessionEntity,
  manual: readonly Record<string, unknown>[],
): Promise<TaskInput<'explain-rows'>['asked']> {
  const rows = localScope(explainer.scope);
  if (rows === 'manual') return { records: manual };
  const dataset = await finishedDataset(ports, explainer.dataset_id);
  const own = dataset.id === session.dataset_id;
  return {
    tableKey: keyOf(dataset.file_path),
    rows,
    splits: own ? null : sessionPlan(session, ports.catalogue).splits,
  };
}
