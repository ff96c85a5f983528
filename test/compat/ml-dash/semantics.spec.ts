import { describe, expect, it } from 'vitest';

import {
  ask,
  call,
  fileForm,
  good,
  newExperiment,
  newNamespace,
  nodes,
  open,
  type Opened,
  refusal,
  sha256,
} from './caller.js';

interface Rows {
  readonly data: { readonly index: number; readonly data: Record<string, unknown> }[];
  readonly total: number;
  readonly hasMore: boolean;
}
const metric = (id: string, name: string, what: string): string => `/api/experiments/${id}/metrics/${name}/${what}`;
const append = (id: string, name: string, dataPoints: object[]) =>
  good<Record<string, string>>('POST', metric(id, name, 'append-batch'), { json: { dataPoints } });
const rows = async (id: string, name: string, query = ''): Promise<Record<string, unknown>[]> =>
  (await good<Rows>('GET', metric(id, name, `data${query}`))).data.map(({ data }) =>
    Object.fromEntries(Object.entries(data).filter(([field]) => field !== '_ts')),
  );

describe('opening', () => {
  it('one new prefix by many at once gives one experiment', async () => {
    const namespace = newNamespace();
    const all = await Promise.all(Array.from({ length: 6 }, () => open(namespace, 'sweep', ['a', 'b', 'run'])));
    expect(new Set(all.map(({ experiment }) => experiment.id)).size).toBe(1);
    expect(new Set(all.map(({ node }) => node.id)).size).toBe(1);
    expect(new Set(all.map(({ project }) => project.id)).size).toBe(1);
    expect(all[0]!.node.pPath).toBe('a/b/run');
  });

  it('again begins anew, and changes what is told', async () => {
    const namespace = newNamespace();
    const first = await open(namespace, 'p', ['run'], { description: 'one', tags: ['a'] });
    await good('PATCH', `/api/nodes/${first.node.id}`, { json: { status: 'FAILED' } });
    const bound = await good('PATCH', `/api/nodes/${first.node.id}`, { json: { bindrs: ['best', 'last'] } });
    expect(bound).toMatchObject({ bindrs: ['best', 'last'], status: 'FAILED', description: 'one' });
    const again = await open(namespace, 'p', ['run'], { tags: ['b'] });
    expect(again.experiment).toMatchObject({
      id: first.experiment.id,
      status: 'RUNNING',
      description: 'one',
      tags: ['b'],
    });
  });

  it('a write-protected one that has ended is closed to all that changes it', async () => {
    const namespace = newNamespace();
    const { experiment, node } = await open(namespace, 'p', ['run'], { writeProtected: true });
    const set = (a: number) => call('POST', `/api/experiments/${experiment.id}/parameters`, { json: { data: { a } } });
    expect((await set(1)).status).toBe(200);
    await good('PATCH', `/api/nodes/${node.id}`, { json: { status: 'COMPLETED' } });
    expect(await set(2)).toMatchObject(refusal(403, 'tracked-run-protected'));
    const path = `/api/experiments/${experiment.id}`;
    const line = { timestamp: '2026-01-31T10:22:05Z', level: 'info', message: 'm' };
    for (const [where, json] of [
      ['logs', { logs: [line] }],
      ['metrics/m/append', { data: { x: 1 } }],
      ['tracks', { topic: 't' }],
    ] as const) {
      expect((await call('POST', `${path}/${where}`, { json })).status).toBe(403);
    }
    expect((await call('PATCH', `/api/nodes/${node.id}`, { json: { description: 'd' } })).status).toBe(403);
    expect(
      (await call('POST', nodes(namespace), { form: fileForm({ experimentId: experiment.id, name: 'a' }, 'x') }))
        .status,
    ).toBe(403);
    expect((await call('PATCH', `/api/nodes/${node.id}`, { json: { status: 'COMPLETED' } })).status).toBe(200);
    expect((await open(namespace, 'p', ['run'])).experiment.status).toBe('COMPLETED');
    expect((await good<{ data: object }>('GET', `${path}/parameters`)).data).toEqual({ a: 1 });
  });
});

describe('rows', () => {
  it('of a batch that is sent again are there once; lines of the log too', async () => {
    const id = await newExperiment();
    const batch = [
      { loss: 1, _ts: 1_769_854_925.123456 },
      { loss: 0.5, _ts: 1_769_854_926.5 },
    ];
    const landed = await Promise.all([append(id, 'm', batch), append(id, 'm', batch), append(id, 'm', batch)]);
    expect(landed.map(({ startIndex, endIndex }) => [startIndex, endIndex])).toEqual(
      Array.from({ length: 3 }, () => ['0', '1']),
    );
    expect(await rows(id, 'm')).toEqual([{ loss: 1 }, { loss: 0.5 }]);
    const logs = [{ timestamp: '2026-01-31T10:22:05.123456Z', level: 'info', message: 'once' }];
    for (let sent = 0; sent < 2; sent++) {
      expect(await good('POST', `/api/experiments/${id}/logs`, { json: { logs } })).toMatchObject({
        startSequence: 0,
        endSequence: 0,
      });
    }
    expect((await good<{ logs: object[] }>('GET', `/api/experiments/${id}/logs`)).logs).toHaveLength(1);
    // The same words a microsecond later are another line.
    const later = [{ ...logs[0], timestamp: '2026-01-31T10:22:05.123457Z' }];
    expect(await good('POST', `/api/experiments/${id}/logs`, { json: { logs: later } })).toMatchObject({
      startSequence: 1,
    });
  });

  it('by many writers at once get every index once', async () => {
    const id = await newExperiment();
    const one = (writer: number) =>
      append(
        id,
        'm',
        Array.from({ length: 50 }, (_none, i) => ({ writer, i })),
      );
    const landed = await Promise.all(Array.from({ length: 8 }, (_none, writer) => one(writer)));
    expect(landed.map(({ startIndex }) => Number(startIndex)).sort((a, b) => a - b)).toEqual([
      0, 50, 100, 150, 200, 250, 300, 350,
    ]);
    const page = await good<Rows>('GET', metric(id, 'm', 'data?startIndex=100&limit=1000'));
    expect([page.total, page.hasMore]).toEqual([300, false]);
  });

  it('keep numbers JSON has no word for', async () => {
    const id = await newExperiment();
    const text = '{"dataPoints":[{"x":NaN,"y":Infinity,"s":"NaN"},{"x":-Infinity,"y":1}]}';
    expect((await call('POST', metric(id, 'm', 'append-batch'), { text })).status).toBe(200);
    expect(await rows(id, 'm')).toEqual([{ x: null, y: null, s: 'NaN' }, { x: null, y: 1 }]); // prettier-ignore
    type Blocks = { blocks: { columns: { name: string }[]; rows: unknown[][] }[] };
    const { blocks } = await good<Blocks>('GET', metric(id, 'm', 'rows'));
    const cells = blocks.flatMap(({ columns, rows: of }) =>
      of.map((row) => Object.fromEntries(row.map((cell, at) => [columns[at]!.name, cell]))),
    );
    expect(cells).toMatchObject([{ x: 'NaN', y: 'Infinity', s: 'NaN' }, { x: '-Infinity', y: 1 }]); // prettier-ignore
    const stats = await good<{ fields: Record<string, object>; count: number }>('GET', metric(id, 'm', 'stats'));
    expect([stats.count, stats.fields['y']]).toMatchObject([2, { count: 2, min: 1, max: 1, mean: 1 }]);
    expect((await call('POST', `/api/experiments/${id}/parameters`, { text: '{"data":{"a":NaN}}' })).status).toBe(200);
  });

  it.each(['a/b', 'a%2Fb', 'a/b/append', 'with%20space', '100%25', 'é', '%E6%95%B0%E6%8D%AE', '数'.repeat(250), 'a.b?x'.replace('?', '%3F'), "';--", 'constructor'])(
    'are found under the name %.20s again',
    async (name) => {
      const id = await newExperiment();
      await append(id, name, [{ v: 1 }]);
      expect(await rows(id, name)).toEqual([{ v: 1 }]);
      const { metrics } = await good<{ metrics: { name: string }[] }>('GET', `/api/experiments/${id}/metrics`);
      expect(metrics.map((one) => one.name)).toEqual([decodeURIComponent(name)]);
    },
  ); // prettier-ignore

  it('of `None` are those of the metric without a name', async () => {
    const id = await newExperiment();
    expect(await good('POST', metric(id, 'None', 'append'), { json: { data: { epoch: 1 } } })).toMatchObject({
      index: '0',
      chunkSize: 10_000,
    });
    expect(
      await ask(`{ experimentById(id: "${id}") { metrics { name metricMetadata { totalDataPoints } } } }`),
    ).toEqual({
      experimentById: { metrics: [{ name: 'None', metricMetadata: { totalDataPoints: 1 } }] },
    });
  });

  it('of an experiment that has ended are taken, and it stays ended', async () => {
    const { experiment, node } = await open(newNamespace(), 'p', ['run']);
    await good('PATCH', `/api/nodes/${node.id}`, { json: { status: 'CANCELLED' } });
    await append(experiment.id, 'late', [{ v: 1 }]);
    await good('POST', `/api/experiments/${experiment.id}/tracks/t/append`, { json: { timestamp: 1, data: { x: 1 } } });
    expect(await good('GET', `/api/nodes/${node.id}`)).toMatchObject({ status: 'CANCELLED' });
  });

  it('of several experiments are lined up', async () => {
    const ids = [await newExperiment(), await newExperiment()];
    await append(ids[0]!, 'train', [0, 1, 2].map((step) => ({ step, loss: step }))); // prettier-ignore
    await append(ids[1]!, 'train', [0, 2].map((step) => ({ step, loss: step * 3 }))); // prettier-ignore
    type Aggregate = { result: { series: { data: object; alignment: object }[]; metadata: object } };
    const asked = { experimentIds: ids, xKey: 'step', yKeys: ['train/loss', 'train', 'nothing'], bins: 3 };
    const { result } = await good<Aggregate>('POST', '/api/experiments/aggregate/series', { json: asked });
    const data = {
      x: [0, 1, 2],
      mean: [0, 2, 4],
      std: [0, Math.SQRT2, 2 * Math.SQRT2],
      percentile_25: [0, 1.5, 3],
      percentile_75: [0, 2.5, 5],
    };
    expect(result.series.map((one) => one.data)).toMatchObject([data, data, { x: [] }]);
    expect(result.series[0]!.alignment).toEqual({ method: 'interpolate', alignedSteps: 3, interpolatedPoints: 1 });
    expect(result.metadata).toEqual({ experimentsProcessed: 2, totalDataPoints: 10 });
    const common = { ...asked, alignmentMethod: 'common_steps', statistics: ['MEAN'] };
    const answer = await good<Aggregate>('POST', '/api/experiments/aggregate/series', { json: common });
    expect(answer.result.series[0]!.data).toEqual({ x: [0, 2], mean: [0, 4] });
  });
});

describe('files', () => {
  it('of the same place are replaced; bytes come back whatever they are', async () => {
    const namespace = newNamespace();
    const { experiment, node } = await open(namespace, 'p', ['run']);
    const put = (content: Buffer) =>
      good<Opened & { physicalFile: { checksum: string; contentType: string } }>('POST', nodes(namespace), {
        form: fileForm(
          { experimentId: experiment.id, parentId: node.id, name: 'ü b.bin', checksum: sha256(content), tags: 'a,b' },
          content,
        ),
      });
    const [first, second] = [Buffer.from([0, 255, 1, 13, 10]), Buffer.alloc(3_000_000, 7)];
    const one = await put(first);
    expect((await call('GET', `/api/nodes/${one.node.id}/download`)).bytes.equals(first)).toBe(true);
    const two = await put(second);
    expect(two.node.id).toBe(one.node.id);
    expect(two.physicalFile).toMatchObject({ checksum: sha256(second), contentType: 'text/plain' });
    expect(sha256((await call('GET', `/api/nodes/${one.node.id}/download`)).bytes)).toBe(sha256(second));
    // Several at once in one place, and the same bytes twice.
    await Promise.all([put(first), put(first), put(second)]);
    const page = `{ experimentById(id: "${experiment.id}") { filesPaginated { totalCount hasMore files { name tags } } } }`;
    expect(await ask(page)).toEqual({
      experimentById: {
        filesPaginated: { totalCount: 1, hasMore: false, files: [{ name: 'ü b.bin', tags: ['a', 'b'] }] },
      },
    });
  });
});

describe('deleting', () => {
  it('a folder takes its experiments along; who still writes is told', async () => {
    const namespace = newNamespace();
    const inside = await open(namespace, 'p', ['f', 'run']);
    expect(await good('DELETE', `/api/nodes/${inside.node.parentId!}`)).toMatchObject({ id: inside.node.parentId });
    expect(await call('POST', metric(inside.experiment.id, 'm', 'append'), { json: { data: { x: 1 } } })).toMatchObject(
      refusal(410, 'tracked-run-gone'),
    );
    expect((await call('GET', `/api/nodes/${inside.node.id}`)).status).toBe(404);
    const again = await open(namespace, 'p', ['f', 'run']);
    expect(again.experiment.id).not.toBe(inside.experiment.id);
    const query = `{ project(namespaceSlug: "${namespace}", projectSlug: "p") { experimentCount nodes(maxDepth: 20) { name type children { name type experimentId } } } }`;
    expect(await ask(query)).toEqual({
      project: {
        experimentCount: 1,
        nodes: [
          {
            name: 'f',
            type: 'FOLDER',
            children: [{ name: 'run', type: 'EXPERIMENT', experimentId: again.experiment.id }],
          },
        ],
      },
    });
  });

  it('a project takes all of it along', async () => {
    const namespace = newNamespace();
    const { project, experiment } = await open(namespace, 'p', ['run']);
    expect(await good('DELETE', `/api/projects/${project.id}`)).toMatchObject({
      projectId: project.id,
      experiments: 1,
    });
    expect((await call('GET', `/api/experiments/${experiment.id}/parameters`)).status).toBeGreaterThanOrEqual(404);
    expect(await ask(`{ namespace(slug: "${namespace}") { projects { id } } }`)).toEqual({
      namespace: { projects: [] },
    });
    expect((await open(namespace, 'p', ['run'])).project.id).not.toBe(project.id);
  });
});

it('rows are read by the ten thousand', async () => {
  const id = await newExperiment();
  await append(id, 'loss', [{ x: 3 }, { x: 2 }]);
  const whole = { chunkNumber: 0, startIndex: 0, endIndex: 1, dataCount: 2 };
  expect(await good('GET', metric(id, 'loss', 'chunks/0'))).toMatchObject(whole);
  expect(await good('GET', metric(id, 'loss', 'chunks/1'))).toMatchObject({ chunkNumber: 1, dataCount: 0, data: [] });
});
