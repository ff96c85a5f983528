import { expect, test } from 'vitest';

import { testStore } from '../store/store.fixture.js';
import { changeNode, countNodes, removeNode } from './change-node.js';
import { countExperiments, findExperiment, findExperiments } from './find-experiments.js';
import { openExperimentNode, openFolder, openMissingNodes, openPath, putFile } from './open-node.js';
import { countFiles, findFiles, readFiles, readSubtree } from './read-nodes.js';
import { findNode } from './tracked-node.js';

const house = testStore();

const project = async (slug: string): Promise<number> => (await house.store.projects.open('ada', slug)).id;
const run = async (projectId: number, folder: string, name: string) =>
  (await house.store.runs.open({ projectId, source: 'ml-dash', folder, name, tags: ['t'] })).run;
let blobs = 0;
const blob = async (projectId: number): Promise<number> => {
  const [{ id }] = await house.db.query<[{ id: number }]>(
    `INSERT INTO tracked_blob (project_id, sha256, size, content_type, storage_key) VALUES ($1, $2, 3000000000, 'text/plain', $3) RETURNING id`,
    [projectId, Buffer.from(`${++blobs}`), `k/${blobs}`],
  );
  return id;
};

test('a folder opened by many at once is one', async () => {
  const projectId = await project('folders');
  const place = { projectId, parentId: null, runId: null, path: '', name: 'a' };
  const opened = await Promise.all(Array.from({ length: 8 }, () => openFolder(house.db, place)));
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  const ids = await Promise.all(Array.from({ length: 4 }, () => openPath(house.db, projectId, 'a/b/c')));
  expect(new Set(ids).size).toBe(1);
  expect(await findNode(house.db, ids[0]!)).toMatchObject({
    name: 'c',
    path: 'a/b',
    kind: 'FOLDER',
    blob: null,
    tags: [],
  });
  expect(await countNodes(house.db, projectId)).toBe(3);
});

test('a run has one node, below the folders of its path', async () => {
  const projectId = await project('runs');
  const one = await run(projectId, 'x/y', 'one');
  const nodes = await Promise.all(Array.from({ length: 6 }, () => openExperimentNode(house.db, one)));
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(1);
  expect(nodes[0]).toMatchObject({ name: 'one', path: 'x/y', kind: 'EXPERIMENT', runId: one.id, tags: ['t'] });
  expect(await findNode(house.db, nodes[0]!.parentId!)).toMatchObject({ name: 'y', path: 'x' });
  await house.store.runs.change(one.id, { name: 'renamed' });
  expect(await findNode(house.db, nodes[0]!.id)).toMatchObject({ name: 'renamed' });
});

test('runs that others opened get their nodes, and follow their folder', async () => {
  const projectId = await project('others');
  const runs = [
    await run(projectId, 'session', 'a'),
    await run(projectId, 'session', 'b'),
    await run(projectId, '', 'c'),
  ];
  await Promise.all([openMissingNodes(house.db, projectId), openMissingNodes(house.db, projectId)]);
  const tree = await readSubtree(house.db, { projectId, parentId: null, depth: 5, limit: 100 });
  expect(tree.map(({ kind, path, name }) => `${kind} ${path}/${name}`)).toEqual([
    'EXPERIMENT /c', 'FOLDER /session', 'EXPERIMENT session/a', 'EXPERIMENT session/b',
  ]); // prettier-ignore
  await house.db.query(`UPDATE tracked_run SET folder = 'other' WHERE id = $1`, [runs[0]!.id]);
  await openMissingNodes(house.db, projectId);
  expect(await openExperimentNode(house.db, { ...runs[0]!, folder: 'other' })).toMatchObject({ path: 'other' });
  expect((await readSubtree(house.db, { projectId, parentId: null, depth: 1, limit: 100 })).map(({ name }) => name)).toEqual([
    'c', 'other', 'session',
  ]); // prettier-ignore
});

test('a file of the same place takes the new bytes and keeps its id', async () => {
  const projectId = await project('files');
  const { id: runId } = await run(projectId, '', 'r');
  const top = await openExperimentNode(house.db, { id: runId, projectId, folder: '' });
  const place = { projectId, parentId: top.id, runId, path: 'models', name: 'm.pt' };
  const put = async (words: object) => putFile(house.db, { ...place, blobId: await blob(projectId), ...words });
  const [first, second] = [await put({ tags: ['best'] }), await put({ description: 'two', metadata: { epoch: 2 } })];
  expect(second.id).toBe(first.id);
  expect(second).toMatchObject({
    description: 'two',
    tags: [],
    metadata: { epoch: 2 },
    blob: { sizeBytes: 3_000_000_000 },
  });
  expect(second.blob!.id).not.toBe(first.blob!.id);
  expect(await countFiles(house.db, [runId])).toEqual(new Map([[runId, 1]]));
  expect(await changeNode(house.db, first.id, { tags: ['x'], description: undefined })).toMatchObject({
    tags: ['x'],
    description: 'two',
  });
  const { runIds } = await removeNode(house.db, first.id);
  expect(runIds).toEqual([]);
  expect(await findNode(house.db, first.id)).toBeUndefined();
  expect((await put({})).id).not.toBe(first.id);
});

test('files are paged by run and found by expression', async () => {
  const projectId = await project('search');
  const runs = [await run(projectId, '', 'one'), await run(projectId, '', 'two')];
  for (const { id: runId } of runs) {
    const top = await openExperimentNode(house.db, { id: runId, projectId, folder: '' });
    for (const name of ['a.png', 'b.png', 'c.txt']) {
      await putFile(house.db, { projectId, parentId: top.id, runId, path: 'img', name, blobId: await blob(projectId) });
    }
  }
  const ids = runs.map(({ id }) => id);
  expect((await readFiles(house.db, ids, 2)).map(({ runId, name }) => `${runId} ${name}`)).toEqual(
    ids.flatMap((id) => [`${id} a.png`, `${id} b.png`]),
  );
  expect((await readFiles(house.db, [ids[0]!], 2, 2)).map(({ name }) => name)).toEqual(['c.txt']);
  const search = { expression: '^(.*/)?a\\.png$', projectId: null, offset: 0, limit: 10 };
  expect(await findFiles(house.db, search)).toHaveLength(2);
  expect(await findFiles(house.db, { ...search, runId: ids[1] })).toHaveLength(1);
  expect(await findFiles(house.db, { ...search, projectId: projectId + 1 })).toHaveLength(0);
});

test('deleting a folder names the runs below it', async () => {
  const projectId = await project('deletion');
  const inside = await run(projectId, 'a/b', 'inside');
  const beside = await run(projectId, '', 'beside');
  await openMissingNodes(house.db, projectId);
  const [folder] = await readSubtree(house.db, { projectId, parentId: null, depth: 1, limit: 10 });
  expect(folder).toMatchObject({ kind: 'FOLDER', name: 'a' });
  expect((await removeNode(house.db, folder!.id)).runIds).toEqual([inside.id]);
  await house.store.runs.remove([inside.id]);
  const left = await readSubtree(house.db, { projectId, parentId: null, depth: 9, limit: 10 });
  expect(left.map(({ runId }) => runId)).toEqual([beside.id]);
});

test('experiments are found by name, path and glob', async () => {
  const projectId = await project('glob');
  const deep = await run(projectId, 'sweep', 'lr-1');
  const flat = await run(projectId, '', 'lr-1');
  expect(await findExperiment(house.db, projectId, 'lr-1')).toBe(flat.id);
  expect(await findExperiment(house.db, projectId, 'sweep/lr-1')).toBe(deep.id);
  expect(await findExperiment(house.db, projectId, 'none')).toBeUndefined();
  const search = { expression: '^ada/glob/lr-[^/]*$', projectId: null, offset: 0, limit: 1 };
  expect(await findExperiments(house.db, search)).toEqual({ ids: [flat.id], total: 2 });
  expect(await findExperiments(house.db, { ...search, offset: 5 })).toEqual({ ids: [], total: 2 });
  expect((await findExperiments(house.db, { ...search, projectId: projectId + 1 })).total).toBe(0);
  expect(await countExperiments(house.db, [projectId])).toEqual(new Map([[projectId, 2]]));
});

test('the tree stops at a depth, and can leave out what lies in experiments', async () => {
  const projectId = await project('depth');
  const { id: runId } = await run(projectId, 'a/b', 'r');
  const top = await openExperimentNode(house.db, { id: runId, projectId, folder: 'a/b' });
  await openFolder(house.db, { projectId, parentId: top.id, runId, path: '', name: 'models' });
  const names = async (part: object) =>
    (await readSubtree(house.db, { projectId, parentId: null, depth: 9, limit: 99, ...part })).map(({ name }) => name);
  expect(await names({})).toEqual(['a', 'b', 'r', 'models']);
  expect(await names({ depth: 2 })).toEqual(['a', 'b']);
  expect(await names({ outside: true })).toEqual(['a', 'b', 'r']);
  expect(await names({ parentId: top.id })).toEqual(['models']);
  expect(await names({ limit: 1 })).toHaveLength(2);
});
