import { expect, it } from 'vitest';

import { STATUS } from '#contract';

import { getRun } from '../run/get-run.js';
import { filesOf, finish, newRun, ports, runsHouse } from '../run/runs.fixture.js';
import { getModelSession } from './get-model-session.js';
import { patchModelSession } from './patch-model-session.js';

runsHouse();

it.each([STATUS.delivered, STATUS.started])('while a run has the status %i, its columns stay', async (status) => {
  const run = await newRun();
  const { model_session_id: id } = await getRun(ports, run);
  await ports.db.query('UPDATE run SET status = $2 WHERE id = $1', [run, status]);
  await expect(patchModelSession(ports, id, { name: 'other', input_columns: ['c'] })).rejects.toThrow('entity-busy');
  expect(await getModelSession(ports, id)).toMatchObject({ input_columns: ['a'], name: expect.not.stringMatching(/^other$/) as string }); // prettier-ignore
});

it('a name, with columns as they are, leaves trained runs as they are', async () => {
  const run = await newRun();
  await finish(run);
  const { model_session_id: id } = await getRun(ports, run);
  expect(await patchModelSession(ports, id, { name: 'renamed', input_columns: ['a'], output_columns: ['b'] })).toMatchObject({ name: 'renamed' }); // prettier-ignore
  expect(await getRun(ports, run)).toMatchObject({ status: STATUS.finished });
  expect(await filesOf(run)).toHaveLength(6);
});

it('what is refused leaves trained runs as they are', async () => {
  const run = await newRun();
  await finish(run);
  const { model_session_id: id } = await getRun(ports, run);
  await expect(patchModelSession(ports, id, { dataset_id: 2_147_483_647 })).rejects.toThrow('dataset-not-found');
  expect(await getRun(ports, run)).toMatchObject({ status: STATUS.finished });
  expect(await filesOf(run)).toHaveLength(6);
});
