import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { call, ok, refused, Transport } from './client.js';

const nowhere = '00000000-0000-4000-8000-000000000000';
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
interface Experiment {
  readonly id: string;
  readonly name: string;
}

describe('experiments', () => {
  it('are created, listed, searched, read, changed and deleted', async () => {
    const name = `Base Line ${randomUUID()}`;
    const created = await ok<{ id: string }>('POST', '/experiments/', { json: { name: ` ${name} ` } });
    expect(created).toEqual({ id: uuid, status: 'OK' });
    const experiment = {
      id: created.id,
      name,
      description: '',
      run_count: 0,
      archived: false,
      creation_time: expect.any(Number) as number,
    };
    expect(await ok('GET', `/experiments/${created.id}/`)).toEqual(experiment);
    expect(await ok<Experiment[]>('GET', '/experiments/')).toContainEqual(experiment);
    expect(await ok('GET', `/experiments/search/?q=${encodeURIComponent(name.toUpperCase())}`)).toEqual([experiment]);
    const change = { name: `${name} 2`, description: 'd', archived: true };
    expect(await ok('PUT', `/experiments/${created.id}/`, { json: change })).toEqual({ id: created.id, status: 'OK' });
    expect(await ok('GET', `/experiments/${created.id}`)).toEqual({ ...experiment, ...change });
    expect(await ok('PUT', `/experiments/${created.id}/`, { json: {} })).toEqual({ id: created.id, status: 'OK' });
    expect(await ok('GET', `/experiments/${created.id}`)).toEqual({ ...experiment, ...change });
    expect(await ok('DELETE', `/experiments/${created.id}/`)).toEqual({ status: 'OK' });
    expect((await call('GET', `/experiments/${created.id}/`)).status).toBe(404);
  });

  it('list their runs page by page, newest first, and count them by hour', async () => {
    const name = `runs of ${randomUUID()}`;
    const hashes: string[] = [];
    for (let n = 0; n < 3; n++) {
      const run = await Transport.create();
      await run.must({ type: 'set_run_property', experiment: name, name: `run ${n}` });
      await run.close();
      hashes.unshift(run.hash);
    }
    const [{ id }] = await ok<[Experiment]>('GET', `/experiments/search/?q=${encodeURIComponent(name)}`);
    const runs = hashes.map((hash, index) => ({
      run_id: hash,
      name: `run ${2 - index}`,
      creation_time: expect.any(Number) as number,
      end_time: null,
      archived: false,
    }));
    expect(await ok('GET', `/experiments/${id}/runs/`)).toEqual({ id, runs });
    expect(await ok('GET', `/experiments/${id}/runs/?limit=2`)).toEqual({ id, runs: runs.slice(0, 2) });
    expect(await ok('GET', `/experiments/${id}/runs/?limit=2&offset=${hashes[1]!}`)).toEqual({
      id,
      runs: runs.slice(2),
    });
    await ok('POST', '/runs/archive-batch/', { json: [hashes[0]] });
    await ok('POST', '/runs/finish-batch/', { json: [hashes[1]] });
    const activity = (offset: string) =>
      ok<{ activity_map: Record<string, number> }>('GET', `/experiments/${id}/activity/`, {
        headers: { 'x-timezone-offset': offset },
      });
    const here = await activity('0');
    expect(here).toMatchObject({ num_runs: 3, num_archived_runs: 1, num_active_runs: 2 });
    expect(Object.values(here.activity_map).reduce((sum, runs) => sum + runs, 0)).toBe(3);
    const [hour] = Object.keys(here.activity_map);
    expect(hour).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00$/);
    const [earlier] = Object.keys((await activity('120')).activity_map);
    expect(Date.parse(`${hour!}Z`) - Date.parse(`${earlier!}Z`)).toBe(2 * 3_600_000);
    await ok('DELETE', `/runs/${hashes[2]!}/`);
    expect((await ok<{ runs: object[] }>('GET', `/experiments/${id}/runs/`)).runs).toHaveLength(2);
    expect(await ok('GET', `/experiments/${id}/`)).toMatchObject({ run_count: 2 });
  });

  it('have notes', async () => {
    const { id } = await ok<Experiment>('POST', '/experiments/', { json: { name: randomUUID() } });
    const note = await ok<{ id: string; created_at: number }>('POST', `/experiments/${id}/note/`, {
      json: { content: ' hello ' },
    });
    expect(note).toEqual({ id: uuid, created_at: expect.any(Number) as number });
    const read = { id: note.id, content: 'hello', updated_at: note.created_at };
    expect(await ok('GET', `/experiments/${id}/note/`)).toEqual([{ ...read, created_at: note.created_at }]);
    expect(await ok('GET', `/experiments/${id}/note/${note.id}/`)).toEqual(read);
    const changed = await ok<{ updated_at: number }>('PUT', `/experiments/${id}/note/${note.id}/`, {
      json: { content: 'again' },
    });
    expect(changed).toEqual({ id: note.id, content: 'again', updated_at: expect.any(Number) as number });
    expect(changed.updated_at).toBeGreaterThan(note.created_at);
    expect(await ok('DELETE', `/experiments/${id}/note/${note.id}/`)).toEqual({ status: 'OK' });
    expect((await call('GET', `/experiments/${id}/note/${note.id}/`)).status).toBe(404);
  });

  it('refuse what is not there, taken or wrong, in the client’s error body', async () => {
    const { id } = await ok<Experiment>('POST', '/experiments/', { json: { name: randomUUID() } });
    const taken = await ok<Experiment[]>('GET', '/experiments/');
    const name = taken.find((one) => one.id !== id)!.name;
    const cases: [string, string, unknown, number, string][] = [
      ['GET', `/experiments/${nowhere}/`, undefined, 404, 'not_found'],
      ['GET', '/experiments/nothing/', undefined, 404, 'not_found'],
      ['PUT', `/experiments/${nowhere}/`, { name: 'x' }, 404, 'not_found'],
      ['DELETE', `/experiments/${nowhere}/`, undefined, 404, 'not_found'],
      ['GET', `/experiments/${nowhere}/runs/`, undefined, 404, 'not_found'],
      ['GET', `/experiments/${nowhere}/activity/`, undefined, 404, 'not_found'],
      ['GET', `/experiments/${nowhere}/note/`, undefined, 404, 'not_found'],
      ['POST', `/experiments/${nowhere}/note/`, { content: 'x' }, 404, 'not_found'],
      ['GET', `/experiments/${id}/note/${nowhere}/`, undefined, 404, 'not_found'],
      ['PUT', `/experiments/${id}/note/x/`, { content: 'x' }, 404, 'not_found'],
      ['DELETE', `/experiments/${id}/note/${nowhere}/`, undefined, 404, 'not_found'],
      ['POST', '/experiments/', { name }, 400, 'bad_request'],
      ['PUT', `/experiments/${id}/`, { name }, 400, 'bad_request'],
      ['POST', '/experiments/', {}, 422, 'validation_error'],
      ['POST', '/experiments/', { name: '  ' }, 422, 'validation_error'],
      ['POST', '/experiments/', { name: 'x'.repeat(300) }, 422, 'validation_error'],
      ['PUT', `/experiments/${id}/`, { archived: 'maybe' }, 422, 'validation_error'],
      ['GET', `/experiments/${id}/runs/?limit=-1`, undefined, 422, 'validation_error'],
      ['POST', `/experiments/${id}/note/`, {}, 422, 'validation_error'],
    ];
    for (const [method, path, json, status, code] of cases) {
      const answer = await call(method, path, { json });
      expect([method, path, answer.status, answer.body]).toEqual([method, path, status, refused(code)]);
    }
  });
});
