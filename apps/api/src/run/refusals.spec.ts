import { beforeAll, describe, expect, it } from 'vitest';

import { STATUS } from '#contract';

import { apiHouse, told } from '../api.fixture.js';
import { workbench } from '../workbench.fixture.js';

const house = apiHouse();
const { session, run, rows } = workbench(house);
const refusal = (status: number, code: string, detail: RegExp): object => ({
  status,
  body: { code, detail: expect.stringMatching(detail) as string },
});
/** A depth that is to be searched for. */
const searched = { parameters: { depth: { optimize: true, lower_bound: 1, upper_bound: 5 } } };
const nested = { nested: { splitter_name: 'KFoldSplitter' } };

describe('a change of a trained run', () => {
  let trained: number;
  let other: number;
  let training: number;
  beforeAll(async () => {
    trained = await run();
    // As a plugin that was removed since leaves it.
    other = await run({ model_name: 'Guesser' });
    training = await run({ status: STATUS.delivered });
  });

  it.each<[number, string, object, RegExp]>([
    [422, 'name-empty', { name: ' ' }, /name/],
    [422, 'parameters-invalid', { parameters: { depth: 0 } }, /depth/],
    [422, 'parameters-invalid', { parameters: { speed: 1 } }, /speed/],
    [422, 'component-not-registered', { ...searched, optimizer: 'Nobody' }, /Nobody/],
    [422, 'goal-metric-missing', { ...searched, optimizer: 'Tuner', goal_metric: 'Luck' }, /^Tuning needs a goal metric/],
    [422, 'splits-invalid', nested, /nested: KFoldSplitter/],
  ])('is refused with %i, %s for %j, and it stays trained', async (status, code, change, detail) => {
    const before = await rows('run');
    const answer = await told(house, 'PATCH', `/api/v1/run/${trained}`, change);
    expect(answer).toMatchObject(refusal(status, code, detail));
    expect(await rows('run')).toEqual(before);
  }); // prettier-ignore

  it('is refused when its model does not do the task of its session', async () => {
    const before = await rows('run');
    const answer = await told(house, 'PATCH', `/api/v1/run/${other}`, { parameters: {} });
    expect(answer).toMatchObject(
      refusal(422, 'model-task-mismatch', /^The model Guesser does not do the task Sorting/),
    );
    expect(await rows('run')).toEqual(before);
  });

  it.each([
    ['', { name: 'other' }],
    ['/reset', {}],
  ])('PATCH /run/{id}%s is refused while it is trained', async (path, change) => {
    const before = await rows('run');
    const answer = await told(house, 'PATCH', `/api/v1/run/${training}${path}`, change);
    expect(answer).toMatchObject(refusal(409, 'entity-busy', /^A job is still working on this/));
    expect(await rows('run')).toEqual(before);
  });
});

it('a run of nested folds is not made in a session without folds', async () => {
  const before = await rows('run');
  const body = { model_session_id: await session(), model_name: 'Sorter', name: 'new', parameters: {}, ...nested };
  const answer = await told(house, 'POST', '/api/v1/run/', body);
  expect(answer).toMatchObject(refusal(422, 'splits-invalid', /nested: KFoldSplitter/));
  expect(await rows('run')).toEqual(before);
});
