import { describe, expect, it } from 'vitest';

import { testStore } from './store.fixture.js';
import type { TrackedRun } from './tracked-types.js';

const house = testStore();
const nowhere = '00000000-0000-4000-8000-000000000000';
const projectOf = async (name: string): Promise<number> => (await house.store.projects.open('local', name)).id;

describe('tags', () => {
  const namesOf = async (run: TrackedRun): Promise<string[]> =>
    (await house.store.tags.ofRuns([run.id])).get(run.id)!.map(({ name }) => name);

  it('come on their first mention, once, however many mention them at once', async () => {
    const run = await house.newRun('r', 'tags-1');
    const names = ['a', 'b', 'c', 'a', 'b', 'c', 'd'];
    const ids = await Promise.all(names.map((name) => house.store.tags.add(run.id, name)));
    expect(ids[0]).toBe(ids[3]);
    expect((await namesOf(run)).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect([...(await house.store.runs.get(run.id)).tags].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await house.store.tags.take(run.id, 'b')).toBe(true);
    expect(await house.store.tags.take(run.id, 'b')).toBe(false);
    expect((await namesOf(run)).sort()).toEqual(['a', 'c', 'd']);
    const listed = await house.store.tags.list(run.projectId);
    expect(listed.map(({ name, runCount }) => [name, runCount])).toEqual([['a', 1], ['b', 0], ['c', 1], ['d', 1]]); // prettier-ignore
  });

  it('are renamed and deleted on every run', async () => {
    const project = await projectOf('tags-2');
    const [one, other] = [await house.newRun('1', 'tags-2'), await house.newRun('2', 'tags-2')];
    const id = await house.store.tags.add(one.id, 'old');
    await house.store.tags.add(other.id, 'old');
    await house.store.tags.add(other.id, 'kept');
    await house.store.tags.change(project, id, { name: 'new', color: '#fff' });
    expect((await house.store.runs.get(one.id)).tags).toEqual(['new']);
    expect(await house.store.tags.list(project, { ids: [id] })).toMatchObject([
      { name: 'new', color: '#fff', runCount: 2 },
    ]);
    expect((await house.store.tags.runsOf(project, id)).sort()).toEqual([one.id, other.id].sort());
    await expect(house.store.tags.change(project, id, { name: 'kept' })).rejects.toMatchObject({ code: 'tracked-name-exists' }); // prettier-ignore
    await house.store.tags.remove(project, id);
    expect((await house.store.runs.get(other.id)).tags).toEqual(['kept']);
  });

  it('of another project, of no run, and of what is no id are not found', async () => {
    const project = await projectOf('tags-3');
    const id = await house.store.tags.create(project, { name: 'mine', color: null, description: null });
    const other = await projectOf('tags-4');
    for (const bad of [id, nowhere, 'x', "'"]) {
      await expect(house.store.tags.change(other, bad, { name: 'n' })).rejects.toMatchObject({ code: 'tracked-tag-not-found' }); // prettier-ignore
      await expect(house.store.tags.remove(other, bad)).rejects.toMatchObject({ code: 'tracked-tag-not-found' });
    }
    await expect(house.store.tags.create(project, { name: 'mine', color: null, description: null })).rejects.toMatchObject({ code: 'tracked-name-exists', values: { name: 'mine' } }); // prettier-ignore
    await expect(house.store.tags.add(2 ** 30, 'x')).rejects.toMatchObject({ code: 'tracked-run-not-found' });
    const run = await house.newRun('gone', 'tags-3');
    await house.store.runs.remove([run.id]);
    await expect(house.store.tags.add(run.id, 'x')).rejects.toMatchObject({ code: 'tracked-run-gone' });
    expect(await house.store.tags.list(project, { search: 'MIN' })).toHaveLength(1);
    expect(await house.store.tags.list(project, { search: '%' })).toHaveLength(0);
  });
});

describe('groups', () => {
  it('are opened by name once, counted, changed, and leave their runs', async () => {
    const run = await house.newRun('r', 'groups-1');
    const opened = await Promise.all(Array.from({ length: 6 }, () => house.store.groups.open(run.projectId, 'base')));
    expect(new Set(opened).size).toBe(1);
    await house.store.runs.change(run.id, { groupId: opened[0]! });
    await house.store.groups.change(run.projectId, opened[0]!, { description: 'd', archived: true });
    expect(await house.store.groups.list(run.projectId)).toMatchObject([
      { name: 'base', description: 'd', archived: true, runCount: 1 },
    ]);
    await expect(house.store.groups.create(run.projectId, 'base')).rejects.toMatchObject({
      code: 'tracked-name-exists',
    });
    await house.store.groups.remove(run.projectId, opened[0]!);
    expect((await house.store.runs.get(run.id)).groupId).toBeNull();
    for (const bad of [opened[0]!, 'x']) {
      await expect(house.store.groups.change(run.projectId, bad, {})).rejects.toMatchObject({ code: 'tracked-group-not-found' }); // prettier-ignore
      await expect(house.store.groups.remove(run.projectId, bad)).rejects.toMatchObject({ code: 'tracked-group-not-found' }); // prettier-ignore
    }
  });
});

describe('notes and views', () => {
  it('a note belongs to what it is about', async () => {
    const [run, other] = [await house.newRun('1', 'notes'), await house.newRun('2', 'notes')];
    const note = await house.store.notes.create({ runId: run.id }, 'first');
    await house.store.notes.change({ runId: run.id }, note.id, 'second');
    expect(await house.store.notes.list({ runId: run.id })).toMatchObject([{ id: note.id, content: 'second' }]);
    const groupId = await house.store.groups.open(run.projectId, 'g');
    for (const owner of [{ runId: other.id }, { groupId }]) {
      await expect(house.store.notes.get(owner, note.id)).rejects.toMatchObject({ code: 'tracked-note-not-found' });
      await expect(house.store.notes.remove(owner, note.id)).rejects.toMatchObject({ code: 'tracked-note-not-found' });
    }
    await house.store.notes.remove({ runId: run.id }, note.id);
    expect(await house.store.notes.list({ runId: run.id })).toEqual([]);
  });

  it('a view keeps what a change does not name, and goes softly', async () => {
    const project = await projectOf('views');
    const view = await house.store.views.create(project, 'app', { name: null, description: null, body: { type: 't', state: { a: 1 } } }); // prettier-ignore
    const changed = await house.store.views.change(project, 'app', view.id, { body: { state: { b: 2 } } });
    expect(changed.body).toEqual({ type: 't', state: { b: 2 } });
    await expect(house.store.views.get(project, 'report', view.id)).rejects.toMatchObject({ code: 'tracked-view-not-found' }); // prettier-ignore
    await house.store.views.remove(project, 'app', view.id);
    await expect(house.store.views.get(project, 'app', view.id)).rejects.toMatchObject({ code: 'tracked-view-not-found' }); // prettier-ignore
    expect(await house.store.views.list(project, 'app')).toEqual([]);
    await Promise.all([1, 2, 3].map((n) => house.store.views.put(project, 'pinned', { n })));
    expect(await house.store.views.list(project, 'pinned')).toHaveLength(1);
  });
});

describe('files', () => {
  it('are announced and attached in either order', async () => {
    const run = await house.newRun('r', 'files');
    await house.store.files.announce(run.id, 'a/b.txt');
    await house.store.files.announce(run.id, 'a/b.txt');
    await house.store.files.announce(run.id, 'seq/x/0.png');
    await house.store.files.announce(run.id, 'seqs');
    expect((await house.store.files.list(run.id)).map(({ path }) => path)).toEqual(['a/b.txt', 'seq/x/0.png', 'seqs']);
    expect((await house.store.files.list(run.id, { outside: 'seq' })).map(({ path }) => path)).toEqual([
      'a/b.txt',
      'seqs',
    ]);
    expect(await house.store.files.find(run.id, 'a/b.txt')).toEqual({ path: 'a/b.txt', name: 'b.txt', blob: null });
    expect(await house.store.files.find(run.id, 'b.txt')).toBeUndefined();
    const blob = await house.db.query<{ id: number }[]>(
      `INSERT INTO tracked_blob (project_id, sha256, size, content_type, storage_key) VALUES ($1, '\\xab', 3, 'text/plain', 'tracked/1') RETURNING id`,
      [run.projectId],
    );
    await house.store.files.attach(run.id, 'a/b.txt', blob[0]!.id);
    await house.store.files.announce(run.id, 'a/b.txt');
    expect((await house.store.files.find(run.id, 'a/b.txt'))?.blob).toEqual({
      id: blob[0]!.id,
      projectId: run.projectId,
      sha256: 'ab',
      sizeBytes: 3,
      contentType: 'text/plain',
      storageKey: 'tracked/1',
    });
    await house.store.runs.remove([run.id]);
    await expect(house.store.files.announce(run.id, 'c')).rejects.toMatchObject({ code: 'tracked-run-gone' });
  });
});

describe('a project', () => {
  it('has one signing key, whoever asks first', async () => {
    const project = await projectOf('keys');
    const keys = await Promise.all(Array.from({ length: 5 }, () => house.store.signingKey(project)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    expect(await house.store.signingKey(await projectOf('keys-2'))).not.toEqual(keys[0]);
    await expect(house.store.signingKey(2 ** 30)).rejects.toMatchObject({ code: 'tracked-project-not-found' });
  });

  it('counts its runs by the hours and days of a reader’s clock', async () => {
    const project = await projectOf('activity');
    const groupId = await house.store.groups.open(project, 'g');
    const at = ['2026-01-31T23:30:00Z', '2026-01-31T23:40:00Z', '2026-02-01T00:10:00Z'];
    for (const [index, began] of at.entries()) {
      const run = await house.newRun(began, 'activity');
      await house.store.runs.change(run.id, { startedAt: new Date(began), ...(index < 2 ? { groupId } : {}) });
    }
    expect(await house.store.overview.activity(project, { unit: 'day', minutesBehindUtc: 0 })).toEqual({
      runs: 3,
      archived: 0,
      active: 3,
      began: { '2026-01-31T00:00:00': 2, '2026-02-01T00:00:00': 1 },
    });
    const ahead = await house.store.overview.activity(project, { unit: 'hour', groupId, minutesBehindUtc: -60 });
    expect(ahead.began).toEqual({ '2026-02-01T00:00:00': 2 });
  });

  it('knows every parameter of its runs', async () => {
    const run = await house.newRun('p', 'params');
    await house.store.params.replace(run.id, [], { hparams: { lr: 0.1, name: 'x', on: true, list: [1] } });
    const project = await projectOf('params');
    expect(await house.store.overview.params(project, 10)).toEqual({
      'hparams.lr': 0.1,
      'hparams.name': 'x',
      'hparams.on': true,
      'hparams.list': null,
    });
    expect(Object.keys(await house.store.overview.params(project, 2))).toHaveLength(2);
  });

  it('lets the id of a deleted run be used again', async () => {
    const project = await projectOf('stones');
    const open = () => house.store.runs.open({ projectId: project, source: 'matyan', extId: 'again', name: 'n' });
    const { run } = await open();
    await house.store.runs.remove([run.id]);
    await expect(open()).rejects.toMatchObject({ code: 'tracked-run-gone' });
    await house.store.clearTombstone(project, 'again');
    const second = await open();
    expect(second.created).toBe(true);
    expect(second.run.id).not.toBe(run.id);
    await house.store.clearTombstone(project, 'again');
    expect((await house.store.runs.find(project, 'again'))?.id).toBe(second.run.id);
  });
});
