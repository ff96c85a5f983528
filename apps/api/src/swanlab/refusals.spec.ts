import { beforeAll, describe, expect, it } from 'vitest';

import { apiHouse, type Told, told } from '../api.fixture.js';

const house = apiHouse();
interface Board {
  readonly charts: { readonly id: number }[];
  readonly namespaces: { readonly id: number }[];
}
/** Runs with the ids that its page knows of them: it runs, its project is `seen`. */
interface Seen {
  readonly run: number;
  readonly chart: number;
  readonly group: number;
}
type Row = [method: string, path: string, body?: object | undefined];

async function newRun(name: string): Promise<Seen> {
  const { tracked } = house.ports;
  const { id: projectId } = await tracked.projects.open('local', 'seen');
  const { run } = await tracked.runs.open({ projectId, source: 'api', name });
  await tracked.series.append([{ runId: run.id, name: 'train/loss', x: 0, value: 1 }]);
  const { body } = await told<{ data: Board }>(house, 'GET', `/api/v1/experiment/${run.id}/chart`);
  return { run: run.id, chart: body.data.charts[0]!.id, group: body.data.namespaces[0]!.id };
}

const fill = (text: string, { run, chart, group }: Seen): string =>
  text.replaceAll('{run}', `${run}`).replaceAll('{chart}', `${chart}`).replaceAll('{group}', `${group}`);
function ask(seen: Seen, project: string, [method, path, body]: Row): Promise<Told<unknown>> {
  const url = `/compat/swanlab/${encodeURIComponent(project)}/api/v1${fill(path, seen)}`;
  return told(house, method, url, body && (JSON.parse(fill(JSON.stringify(body), seen)) as object));
}
const refusal = (code: number, message: RegExp): object => ({
  status: code - 3000,
  body: { code, message: expect.stringMatching(message) as string },
});
/** The run, its project, its charts and their groups, as they stand. */
const standing = ({ run, chart, group }: Seen): Promise<unknown> =>
  house.ports.db.query(
    `SELECT to_jsonb(r) AS run, to_jsonb(p) AS project, to_jsonb(c) AS chart, to_jsonb(g) AS "group", (SELECT count(*) FROM tracked_project)
     FROM tracked_run r JOIN tracked_project p ON p.id = r.project_id, tracked_chart c, tracked_chart_group g
     WHERE r.id = $1 AND c.id = $2 AND g.id = $3`,
    [run, chart, group],
  );

const name = { name: 'other', description: 'other' };
const ofRun: Row[] = [
  ['GET', '/experiment/{run}'],
  ['GET', '/experiment/{run}/chart'],
  ['GET', '/experiment/{run}/tag/train/loss'],
  ['GET', '/experiment/{run}/recent_log'],
  ['GET', '/experiment/{run}/status'],
  ['GET', '/experiment/{run}/summary'],
  ['GET', '/experiment/{run}/requirements'],
  ['GET', '/experiment/{run}/stop'],
  ['GET', '/media/0-a.png?tag=train/loss&experiment_id={run}'],
  ['PATCH', '/experiment/{run}', name],
  ['PATCH', '/experiment/{run}/show', { show: false }],
  ['PATCH', '/chart/{chart}/status', { status: 1 }],
  ['PATCH', '/namespace/{group}/opened', { opened: false }],
  ['PATCH', '/namespace/-1/opened', { opened: false, experiment_id: '{run}' }],
  ['DELETE', '/experiment/{run}'],
];
const ofProject: Row[] = [
  ['GET', '/project'],
  ['GET', '/project/summaries'],
  ['GET', '/project/charts'],
  ['PATCH', '/project/update', name],
  ['DELETE', '/project'],
];

describe('at the address of a project that nobody made', () => {
  let seen: Seen;
  beforeAll(async () => {
    seen = await newRun('stands');
  });

  it.each<Row>([...ofRun, ...ofProject])('%s %s names it, and changes nothing', async (...row) => {
    const before = await standing(seen);
    expect(before).toHaveLength(1);
    const answer = await ask(seen, 'ann/nobody made this', row);
    expect(answer).toMatchObject(refusal(3404, /^There is no tracked project ann\/nobody made this\./));
    expect(await standing(seen)).toEqual(before);
  });
});

describe('a run that was deleted', () => {
  let gone: Seen;
  beforeAll(async () => {
    gone = await newRun('gone');
    await house.ports.tracked.runs.remove([gone.run]);
  });

  it.each<Row>(ofRun)('%s %s names it, and changes nothing', async (...row) => {
    const before = await standing(gone);
    const answer = await ask(gone, 'seen', row);
    expect(answer).toMatchObject(refusal(3404, new RegExp(`^There is no (tracked )?run ${gone.run}\\.`)));
    expect(await standing(gone)).toEqual(before);
  });
});
