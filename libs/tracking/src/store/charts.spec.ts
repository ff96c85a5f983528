import { describe, expect, it } from 'vitest';

import { testStore } from './store.fixture.js';
import type { WantedChart } from './tracked-charts.js';

const house = testStore();
const chart = (name: string): WantedChart => ({ name, group: name.split('/')[0]!, kind: 'line', system: 1 });
const names = (rows: readonly { name: string }[]): string[] => rows.map(({ name }) => name);

describe('charts', () => {
  it('are made once, in the order they were wanted, by many at once', async () => {
    const { id: runId } = await house.newRun();
    const wanted = ['train/loss', 'train/acc', 'lr', 'val/loss'].map(chart);
    const boards = await Promise.all(Array.from({ length: 8 }, () => house.store.charts.open({ runId }, wanted)));
    for (const board of boards) expect(board).toEqual(boards[0]);
    expect(names(boards[0]!.charts)).toEqual(['train/loss', 'train/acc', 'lr', 'val/loss']);
    expect(names(boards[0]!.groups)).toEqual(['train', 'lr', 'val']);
    const more = await house.store.charts.open({ runId }, [chart('new/x'), ...wanted]);
    expect(names(more.charts)).toEqual(['train/loss', 'train/acc', 'lr', 'val/loss', 'new/x']);
    expect(more.groups.map(({ sort }) => sort)).toEqual([0, 1, 2, 3]);
    expect(more).toMatchObject({ pinnedOpened: 1, hiddenOpened: 0 });
  });

  it('are pinned and hidden one after the other, and put back', async () => {
    const { id: runId } = await house.newRun();
    const { charts } = house.store;
    const ids = (await charts.open({ runId }, ['a', 'b', 'c'].map(chart))).charts.map(({ id }) => id);
    await Promise.all(ids.map((id) => charts.setStatus(id, 1)));
    const pinned = (await charts.open({ runId }, [])).charts;
    expect(pinned.map(({ sort }) => sort).sort()).toEqual([0, 1, 2]);
    await charts.setStatus(ids[0]!, 0);
    await charts.setStatus(ids[1]!, -1);
    expect((await charts.open({ runId }, [])).charts.map(({ status }) => status)).toEqual([0, -1, 1]);
    expect(await charts.ownerOf('chart', ids[0]!)).toEqual({ runId });
    expect(await charts.ownerOf('chart', 2_000_000_000)).toBeUndefined();
  });

  it('remember what is folded, of runs and of projects', async () => {
    const { id: runId, projectId } = await house.newRun('folded', 'folded');
    const { charts } = house.store;
    const board = await charts.open({ projectId }, [{ ...chart('a'), system: 0 }]);
    await charts.setOpened({ groupId: board.groups[0]!.id }, 0);
    await charts.setOpened({ owner: { projectId }, pinned: true }, 0);
    await charts.setOpened({ owner: { runId }, pinned: false }, 1);
    const { groups, pinnedOpened, hiddenOpened } = await charts.open({ projectId }, []);
    expect([groups[0]!.opened, pinnedOpened, hiddenOpened]).toEqual([0, 0, 0]);
    expect(await charts.unfolded({ runId })).toEqual({ pinnedOpened: 1, hiddenOpened: 1 });
    expect(await charts.ownerOf('group', board.groups[0]!.id)).toEqual({ projectId });
  });

  it('know the place of a run among those of its project', async () => {
    const runs = [];
    for (const name of ['x', 'y', 'x', 'x']) runs.push(await house.newRun(name, 'places'));
    expect(await Promise.all(runs.map(({ id }) => house.store.charts.placeOf(id)))).toEqual([
      { place: 1, namesakes: 0 },
      { place: 2, namesakes: 0 },
      { place: 3, namesakes: 1 },
      { place: 4, namesakes: 2 },
    ]);
  });
});
