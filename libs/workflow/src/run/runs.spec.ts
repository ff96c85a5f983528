import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { type Compute, type MetricPoint, STATUS } from '#contract';

import { stay, untilAborted } from '../job/jobs.fixture.js';
import { runJob } from '../job/run-job.js';
import { submitJob } from '../job/submit-job.js';
import { modelArtifacts } from './fold-metrics.js';
import { getRun } from './get-run.js';
import { patchRun } from './patch-run.js';
import { plotRun } from './plot-run.js';
import { removeRun } from './remove-runs.js';
import { resetRun } from './reset-run.js';
import { countOperations, removeOperations } from './run-operations.js';
import { filesOf, finish, leases, newRun, point, ports, runsHouse } from './runs.fixture.js';

runsHouse();

describe('nested folds', () => {
  it.each([
    ['of a holdout', { splitter_name: 'HoldoutSplitter' }, { splitter_name: 'KFoldSplitter' }, 'splits-invalid'],
    ['of an unknown splitter', { splitter_name: 'KFoldSplitter' }, { splitter_name: 'X' }, 'splits-invalid'],
    ['without a splitter', { splitter_name: 'KFoldSplitter' }, { n_splits: 3 }, 'splits-invalid'],
    [
      'with too many folds',
      { splitter_name: 'KFoldSplitter' },
      { splitter_name: 'KFoldSplitter', n_splits: 21 },
      'parameters-invalid',
    ],
  ])('%s are refused', async (_, splits, nested, code) => {
    await expect(newRun(splits, { nested })).rejects.toThrow(code);
    const id = await newRun(splits);
    await expect(patchRun(ports, id, { nested })).rejects.toThrow(code);
    expect((await getRun(ports, id)).nested).toBeNull();
  });

  it('are set and cleared without a reset; an empty object asks for none', async () => {
    const id = await newRun({ splitter_name: 'KFoldSplitter' }, { nested: {} });
    await finish(id);
    const nested = { splitter_name: 'KFoldSplitter' };
    expect(await patchRun(ports, id, { nested })).toMatchObject({ nested, status: STATUS.finished });
    expect(await patchRun(ports, id, { nested: null })).toMatchObject({ nested: null, status: STATUS.finished });
  });
});

describe('a finished run', () => {
  it.each([{ parameters: { depth: 5 } }, { optimizer: 'O' }, { optimizer_name: 'O' }, { optimizer_parameters: {} }])(
    '%j resets it: times, scores and files go',
    async (change) => {
      const id = await newRun();
      await finish(id, [point({ level: 'last' })]);
      expect(await patchRun(ports, id, change)).toMatchObject({
        status: STATUS.notStarted,
        start_time: null,
        end_time: null,
        run_path: null,
        plot_history_path: null,
        artifacts: null,
        validation_metrics: null,
      });
      expect(await filesOf(id)).toEqual([]);
      expect(await modelArtifacts(ports, id, 'en')).toEqual({ status: null, artifacts: [] });
      await expect(plotRun(ports, id, 1, 'en')).rejects.toThrow('run-not-finished');
    },
  );

  it.each([{ run_name: 'new' }, { run_description: 'd' }, { goal_metric: 'Accuracy' }])(
    '%j does not',
    async (change) => {
      const id = await newRun();
      await finish(id, [point({ level: 'last' })]);
      expect(await patchRun(ports, id, change)).toMatchObject({ status: STATUS.finished, validation_metrics: {} });
      expect(await filesOf(id)).toHaveLength(6);
      for (const plot of [1, 2, 3, 4])
        expect(await plotRun(ports, id, plot, 'en')).toMatchObject({ type: 'plotly', index: 0 });
    },
  );

  it('is reset on request', async () => {
    const id = await newRun();
    await finish(id, [point({ level: 'last' })]);
    expect(await resetRun(ports, id)).toMatchObject({ status: STATUS.notStarted, test_metrics: null });
    expect(await filesOf(id)).toEqual([]);
  });

  it('nothing to change is 304, and a refused change changes nothing', async () => {
    const id = await newRun();
    await finish(id, [point({ level: 'last' })]);
    await expect(patchRun(ports, id, {})).rejects.toMatchObject({ status: 304 });
    await expect(patchRun(ports, id, { run_name: ' ' })).rejects.toThrow('name-empty');
    await expect(patchRun(ports, id, { parameters: { depth: 0 } })).rejects.toThrow('parameters-invalid');
    const search = { parameters: { depth: { optimize: true, fixed_value: 3, lower_bound: 1, upper_bound: 4 } } };
    await expect(patchRun(ports, id, search)).rejects.toThrow('component-not-registered');
    await expect(patchRun(ports, id, { ...search, optimizer: 'O' })).rejects.toThrow('goal-metric-missing');
    await expect(
      patchRun(ports, id, {
        ...search,
        optimizer: 'O',
        goal_metric: 'Accuracy',
        optimizer_parameters: { n_trials: 0 },
      }),
    ).rejects.toThrow('parameters-invalid');
    expect(await getRun(ports, id)).toMatchObject({ status: STATUS.finished, name: 'r', parameters: {} });
    expect(await filesOf(id)).toHaveLength(6);
  });

  it('what hangs on it is counted and deleted, twice without harm', async () => {
    const id = await newRun();
    await finish(id);
    await ports.db.query(
      `INSERT INTO global_explainer (run_id, explainer_name, name, parameters) VALUES ($1, 'E', $2, '{}')`,
      [id, randomUUID()],
    );
    await ports.db.query('INSERT INTO prediction (run_id) VALUES ($1), ($1)', [id]);
    expect(await countOperations(ports, id)).toMatchObject({ explainers: 1, predictions: 2 });
    const [one, two] = await Promise.all([removeOperations(ports, id), removeOperations(ports, id)]);
    expect(one.total + two.total).toBeGreaterThanOrEqual(3);
    expect(await countOperations(ports, id)).toMatchObject({ explainers: 0, predictions: 0 });
    await expect(countOperations(ports, 4711)).rejects.toThrow('run-not-found');
  });
});

describe('a run that trains', () => {
  /** Starts a training that writes its blobs and then waits until it is stopped. */
  async function train(): Promise<{ id: number; jobId: string; ended: Promise<unknown> }> {
    const id = await newRun();
    const { id: jobId } = await submitJob(ports, { type: 'ModelJob', kwargs: { run_id: id } });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const compute = {
      run: async (
        _task: string,
        input: { stateKey: string; splitsKey: string },
        events: { metrics: (points: MetricPoint[]) => void },
        signal: AbortSignal,
      ) => {
        for (const key of [input.stateKey, input.splitsKey])
          await ports.storage.write(key, Readable.from([Buffer.from('half')]));
        events.metrics([point({ level: 'trial' })]);
        begin();
        await untilAborted(signal);
        signal.throwIfAborted();
      },
    } as unknown as Compute;
    const stopping = new AbortController().signal;
    const slot = { leases, compute: () => compute, away: stay, stopping };
    const ended = runJob(ports, slot, { id: jobId });
    await Promise.race([begun, ended]);
    // A keeper of another worker would take the job for lost.
    await leases.beat();
    expect(await getRun(ports, id)).toMatchObject({ status: STATUS.started, huey_id: jobId });
    return { id, jobId, ended };
  }

  it('is busy: neither patch nor reset touches it', async () => {
    const { id, ended } = await train();
    for (const change of [{ parameters: { depth: 5 } }, { run_name: 'new' }])
      await expect(patchRun(ports, id, change)).rejects.toMatchObject({ code: 'entity-busy', status: 409 });
    await expect(resetRun(ports, id)).rejects.toMatchObject({ code: 'entity-busy', status: 409 });
    expect(await filesOf(id)).toHaveLength(2);
    await removeRun(ports, id);
    await ended;
  });

  it('deleted by several at once: the job is cancelled and nothing is left', async () => {
    const { id, jobId, ended } = await train();
    const answers = await Promise.allSettled([removeRun(ports, id), removeRun(ports, id), removeRun(ports, id)]);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'run-not-found' });
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    await ended;
    const [job] = await ports.db.query<{ state: string }[]>('SELECT state FROM job WHERE id = $1', [jobId]);
    expect(job?.state ?? 'deleted').toMatch(/cancelled|deleted/);
    await expect(getRun(ports, id)).rejects.toThrow('run-not-found');
    expect(await ports.tracking.series(id)).toEqual([]);
    expect(await filesOf(id)).toEqual([]);
  });
});
