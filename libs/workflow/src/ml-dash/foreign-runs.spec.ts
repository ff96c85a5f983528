import { expect, test } from 'vitest';

import { OPERATOR } from '#contract';

import { portsHouse } from '../ports.fixture.js';
import { aggregateSeries } from './aggregate-series.js';
import { answerQuery } from './graphql/answer-query.js';
import { listMetrics, readMetricData, readMetricStats } from './read-metrics.js';

const house = portsHouse();

/** A run as another client, or the platform, logs it. */
async function foreignRun(steps: readonly number[]): Promise<number> {
  const { id: projectId } = await house.ports.tracked.projects.open('local', 'default');
  const { run } = await house.ports.tracked.runs.open({
    projectId,
    source: 'platform',
    folder: 'session one',
    name: `run ${steps.length}`,
  });
  const point = (name: string, subset: string, x: number) => ({
    runId: run.id,
    name,
    context: { subset },
    x,
    epoch: 1,
    value: x / 2,
  });
  await house.ports.tracked.series.append(steps.flatMap((x) => [point('loss', 'train', x), point('loss', 'val', x)]));
  return run.id;
}
const data = { limit: 1000, bufferOnly: 'false' } as const;

test('series from elsewhere are metrics, a step a row, whether steps have gaps or not', async () => {
  for (const steps of [
    [5, 6, 7, 8],
    [0, 10, 11, 400],
  ]) {
    // prettier-ignore
    const id = await foreignRun(steps);
    const { metrics } = await listMetrics(house.ports, OPERATOR, id);
    const names = metrics.map(({ name, totalDataPoints }) => [name, totalDataPoints]);
    expect(names).toEqual([['loss {subset=train}', '4'], ['loss {subset=val}', '4']]); // prettier-ignore
    const params = { experimentId: id, name: 'loss {subset=train}' };
    const page = await readMetricData(house.ports, OPERATOR, params, { ...data, startIndex: 1, limit: 2 });
    expect(page).toMatchObject({ startIndex: 1, endIndex: 2, total: 2, hasMore: true });
    expect(page.data.map((row) => [row.index, row.data])).toEqual(
      [1, 2].map((at) => [at, { value: steps[at]! / 2, step: steps[at]!, epoch: 1 }]),
    );
    expect(await readMetricStats(house.ports, OPERATOR, params)).toMatchObject({
      count: 4,
      lastValue: { step: steps[3] },
    });
    const aggregate = {
      experimentIds: [id],
      xKey: 'step',
      yKeys: ['loss {subset=val}'],
      bins: 2,
      statistics: ['MEAN' as const],
      alignmentMethod: 'interpolate' as const,
    };
    const { result } = await aggregateSeries(house.ports, OPERATOR, aggregate);
    expect(result.series[0]!.data).toEqual({ x: [steps[0], steps[3]], mean: [steps[0]! / 2, steps[3]! / 2] });
  }
});

test('runs of the platform lie in the folder of their session', async () => {
  const id = await foreignRun([1]);
  const query = `{ project(namespaceSlug: "local", projectSlug: "default") { nodes(parentId: null) { name type children { type experimentId } } }
    experimentById(id: "${id}") { displayPath status metrics { name } } }`;
  const { data: answer, errors } = await answerQuery(house.ports, { caller: OPERATOR, locale: 'en' }, { query });
  expect(errors).toBeUndefined();
  expect(answer).toMatchObject({
    project: {
      nodes: [
        {
          name: 'session one',
          type: 'FOLDER',
          children: expect.arrayContaining([{ type: 'EXPERIMENT', experimentId: `${id}` }]) as unknown,
        },
      ],
    },
    experimentById: {
      displayPath: 'session one/run 1',
      status: 'RUNNING',
      metrics: [{ name: 'loss {subset=train}' }, { name: 'loss {subset=val}' }],
    },
  });
});

test('what is under a list is asked for in one statement for all', async () => {
  const { id: projectId } = await house.ports.tracked.projects.open('ada', 'many');
  for (let i = 0; i < 12; i++) await house.ports.tracked.runs.open({ projectId, source: 'ml-dash', name: `r${i}` });
  const original = house.ports.db.query.bind(house.ports.db);
  let asked = 0;
  const counted = new Proxy(house.ports.db, {
    get: (target, key, receiver) => {
      if (key !== 'query') return Reflect.get(target, key, receiver) as unknown;
      return (...given: Parameters<typeof original>) => {
        asked++;
        return original(...given);
      };
    },
  });
  const query = `{ experimentsPaginated(namespaceSlug: "ada", projectSlug: "many", limit: 500, offset: 0) {
    experiments { id files { id } trackCount project { slug namespace { slug } } metrics { name } logMetadata { totalLogs } } totalCount } }`;
  const answer = await answerQuery({ ...house.ports, db: counted }, { caller: OPERATOR, locale: 'en' }, { query });
  expect(answer.data).toMatchObject({ experimentsPaginated: { totalCount: 12 } });
  // Files and tracks; the rest is the store's, which answers for all runs at once.
  expect(asked).toBe(2);
});

test('an outage is no error of the query', async () => {
  const broken = {
    ...house.ports,
    tracked: {
      ...house.ports.tracked,
      projects: { ...house.ports.tracked.projects, list: () => Promise.reject(new Error('connection lost')) },
    },
  };
  const query = '{ namespace(slug: "a") { projects { id } } }';
  await expect(answerQuery(broken, { caller: OPERATOR, locale: 'en' }, { query })).rejects.toThrow('connection lost');
});
