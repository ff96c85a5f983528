import { beforeAll, describe, expect, it } from 'vitest';

import { answerTo, archive, ask, type Import, importArchive, recorded, type Data } from './dashboard.js';
import { plainCharts, plainExperiment, plainProject, plainTag } from './plain.js';

const PROJECT = 'recorded';
let imported: Import;
/** Our ids by the original's. */
const ours = new Map<number, number>();
/** Names of experiments by id. */
const names = { ours: new Map<number, string>(), theirs: new Map<number, string>() };

beforeAll(async () => {
  imported = await importArchive(archive, PROJECT);
  expect(imported).toMatchObject({ status: 'finished', error: null });
  for (const { id, run_id, name } of answerTo('/project').answer.data.experiments) {
    const own = imported.result!.runs.find((run) => run.run_id === run_id)!.id;
    ours.set(id, own);
    names.ours.set(own, name);
    names.theirs.set(id, name);
  }
});

/** The same question to us. */
const here = (path: string) =>
  ask(
    PROJECT,
    'GET',
    path.replace(/^\/experiment\/(\d+)/, (_all, id: string) => `/experiment/${ours.get(Number(id)) ?? 999_999}`),
  );
const both = async (path: string): Promise<{ our: Data; their: Data }> => {
  const answer = await here(path);
  expect([path, answer.status, answer.answer.code, answer.answer.message]).toEqual([path, 200, 0, 'success']);
  expect(answer.headers.get('swanlab-process-time')).toMatch(/^\d+\.\d{4}$/);
  expect(answer.headers.get('swanlab-version')).toMatch(/^\d/);
  const their = answerTo(path);
  expect(their.status).toBe(200);
  return { our: answer.answer.data, their: their.answer.data };
};
const ids = (): number[] => [...ours.keys()];

describe('a log folder, imported and asked about as the real dashboard was', () => {
  it('comes whole; what was left out says why', () => {
    expect(imported.result!.runs).toHaveLength(3);
    expect(imported.result!.skipped).toEqual([]);
  });

  it('the project, its experiments and the palette', async () => {
    const { our, their } = await both('/project');
    const plain = (data: Data): object => ({
      ...plainProject(data),
      logdir: typeof data.logdir,
      experiments: data.experiments.map(plainExperiment),
    });
    expect(plain(our)).toEqual(plain(their));
    expect(our.experiments.map(({ sort }) => sort)).toEqual([1, 2, 3]);
    expect(our.experiments.map(({ id }) => id)).toEqual(our.experiments.map((one) => one.experiment_id));
    expect(our).toMatchObject({ sum: 3, charts: 1, name: PROJECT });
    expect(Object.keys(our).sort()).toEqual(Object.keys(their).sort());
  });

  it('every experiment with configuration and machine', async () => {
    for (const id of ids()) {
      const { our, their } = await both(`/experiment/${id}`);
      expect(plainExperiment(our)).toEqual(plainExperiment(their));
    }
  });

  it('charts and groups with pins, hidden ones and what is folded; the status carries the same', async () => {
    for (const id of ids()) {
      const charts = await both(`/experiment/${id}/chart`);
      expect(plainCharts(charts.our, names.ours)).toEqual(plainCharts(charts.their, names.theirs));
      const status = await both(`/experiment/${id}/status`);
      expect(status.our.charts).toEqual(charts.our);
      expect(status.our.status).toBe(status.their.status);
      expect(Object.keys(status.our).sort()).toEqual(Object.keys(status.their).sort());
      expect(plainExperiment({ ...status.our, create_time: '' }).finish_time).toBe(
        plainExperiment({ ...status.their, create_time: '' }).finish_time,
      );
    }
  });

  it('charts across experiments', async () => {
    const { our, their } = await both('/project/charts');
    // The original shares one map of sources among all charts.
    const own = (data: Data): Data => ({
      ...data,
      charts: data.charts.map((chart) => ({
        ...chart,
        source_map: Object.fromEntries(chart.source.map((name) => [name, chart.source_map[name]!])),
      })),
    });
    const byName = ({ charts }: ReturnType<typeof plainCharts>): object[] =>
      [...charts].sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
    const [mine, original] = [plainCharts(own(our), names.ours), plainCharts(own(their), names.theirs)];
    expect(byName(mine)).toEqual(byName(original));
    // Groups of a project go by the tags' names here; the client of today puts all into one.
    expect(mine.namespaces.map(({ name }) => name)).toEqual(['train', 'default', 'deep']);
    expect(mine.namespaces.flatMap(({ charts }) => charts).sort()).toEqual(
      original.namespaces.flatMap(({ charts }) => charts).sort(),
    );
  });

  it('every tag, with the slash as it is and encoded', async () => {
    const paths = recorded
      .map(({ path }) => path)
      .filter((path) => path.includes('/tag/') && answerTo(path).status === 200);
    expect(paths).toHaveLength(9);
    for (const path of paths.filter((one) => !one.endsWith('/long'))) {
      const { our, their } = await both(path);
      expect([path, plainTag(our)]).toEqual([path, plainTag(their)]);
    }
  });

  it('a long tag has 1,500 points where the original loses one, its ends and its statistics', async () => {
    const { our, their } = await both('/experiment/2/tag/long');
    expect([our.list.length, their.list.length]).toEqual([1500, 1499]);
    for (const at of [0, -1]) expect(plainTag(our).list.at(at)).toEqual(plainTag(their).list.at(at));
    expect({ ...plainTag(our), list: [] }).toEqual({ ...plainTag(their), list: [] });
    expect(our.list.filter((entry) => entry._last)).toHaveLength(1);
  });

  it('last values, logs and packages', async () => {
    for (const id of ids()) {
      if (answerTo(`/experiment/${id}/summary`).status === 200) {
        const { our, their } = await both(`/experiment/${id}/summary`);
        expect(our).toEqual(their);
      }
      for (const part of ['recent_log', 'requirements']) {
        const { our, their } = await both(`/experiment/${id}/${part}`);
        expect([id, part, our]).toEqual([id, part, their]);
      }
    }
    const { our, their } = await both('/project/summaries');
    expect(new Set(our.tags)).toEqual(new Set(their.tags));
    expect(Object.keys(our.summaries)).toEqual(Object.keys(their.summaries));
  });

  it('pictures and sounds, byte by byte', async () => {
    const url = (file: string, tag: string) => `/media/${file}?tag=${tag}&experiment_id=${ours.get(1)!}`;
    const { our } = await both('/experiment/1/tag/pic');
    for (const file of our.list.flatMap((entry) => entry.data as string[])) {
      const answer = await ask(PROJECT, 'GET', url(file, 'pic'));
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(answer.text).toContain('PNG');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    }
    const [hum] = (await both('/experiment/1/tag/hum')).our.list[0]!.data as string[];
    const sound = await ask(PROJECT, 'GET', url(hum!, 'hum'));
    expect([sound.headers.get('content-type'), sound.text.slice(0, 4)]).toEqual(['audio/wav', 'RIFF']);
  });
});

describe('what the original breaks on', () => {
  it('numbers that are none are null, and texts where any value may stand', async () => {
    expect(answerTo('/experiment/3/tag/odd').status).toBe(500);
    const { answer } = await here('/experiment/3/tag/odd');
    expect(answer.data).toMatchObject({ sum: 3, max: 2, min: 2 });
    expect(answer.data.list.map(({ data }) => data)).toEqual([null, 2, null]);
    expect(answerTo('/experiment/3/summary').status).toBe(500);
    expect((await here('/experiment/3/summary')).answer.data.summaries).toEqual([{ key: 'odd', value: 'Infinity' }]);
  });

  it('an experiment or a tag that is not there is 404, and an id that is none 422', async () => {
    for (const path of ['/experiment/1/tag/none', '/experiment/99', '/experiment/99/status']) {
      expect([path, answerTo(path).status]).toEqual([path, 500]);
      const { status, answer } = await here(path);
      expect([path, status, answer.code]).toEqual([path, 404, 3404]);
    }
    const { status, answer } = await ask(PROJECT, 'GET', '/experiment/x');
    expect([status, answer.code]).toEqual([answerTo('/experiment/x').status, answerTo('/experiment/x').answer.code]);
  });
});

it('importing again changes nothing', async () => {
  const before = await here('/project');
  const again = await importArchive(archive, PROJECT);
  expect(again.result!.runs.map(({ id, created }) => [id, created])).toEqual(
    imported.result!.runs.map(({ id }) => [id, false]),
  );
  const after = await here('/project');
  const plain = (data: Data): object[] => data.experiments.map(plainExperiment);
  expect(plain(after.answer.data)).toEqual(plain(before.answer.data));
  for (const path of ['/experiment/1/tag/train/loss', '/experiment/1/tag/pic', '/experiment/1/recent_log']) {
    const { list = [], ...rest } = (await here(path)).answer.data as Partial<Data>;
    const { list: theirs = [], ...their } = answerTo(path).answer.data as Partial<Data>;
    expect([list.length, 'logs' in rest && rest.logs, rest.sum]).toEqual([
      theirs.length,
      'logs' in their && their.logs,
      their.sum,
    ]);
  }
});
