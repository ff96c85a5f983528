import { randomUUID } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { call, info, ok, refused, Transport } from './client.js';

const nowhere = '00000000-0000-4000-8000-000000000000';
interface Tag {
  readonly id: string;
  readonly name: string;
}

describe('tags', () => {
  it('are created, listed, searched, read, changed and deleted', async () => {
    const name = `Tag ${randomUUID()}`;
    const { id, ...rest } = await ok<Tag>('POST', '/tags/', {
      json: { name, color: '#528d59', description: 'good' },
    });
    expect(rest).toEqual({ status: 'OK' });
    const tag = { id, name, color: '#528d59', description: 'good', run_count: 0, archived: false };
    expect(await ok('GET', `/tags/${id}/`)).toEqual(tag);
    expect(await ok<Tag[]>('GET', '/tags/')).toContainEqual(tag);
    expect(await ok('GET', `/tags/search/?q=${encodeURIComponent(name.slice(0, 30).toLowerCase())}`)).toEqual([tag]);
    expect(await ok('PUT', `/tags/${id}/`, { json: { color: '#fff', archived: true } })).toEqual({ id, status: 'OK' });
    expect(await ok('GET', `/tags/${id}`)).toEqual({ ...tag, color: '#fff', archived: true });
    expect(await ok('DELETE', `/tags/${id}/`)).toBeNull();
    expect((await call('GET', `/tags/${id}/`)).status).toBe(404);
  });

  it('are put on runs by socket and by REST, and taken off', async () => {
    const run = await Transport.create();
    const [first, second] = [`a ${randomUUID()}`, `b ${randomUUID()}`];
    await run.must({ type: 'add_tag', tag_name: first }, { type: 'add_tag', tag_name: first });
    const added = await ok<{ tag_id: string }>('POST', `/runs/${run.hash}/tags/new/`, {
      json: { tag_name: ` ${second} ` },
    });
    expect(added).toEqual({ id: run.hash, tag_id: expect.any(String) as string, status: 'OK' });
    const { tags } = (await info(run.hash)).props;
    expect(tags).toEqual([
      { id: expect.any(String) as string, name: first, color: null, description: null },
      { id: added.tag_id, name: second, color: null, description: null },
    ]);
    await run.must({ type: 'set_run_property', name: 'tagged', experiment: 'of tags' });
    expect(await ok('GET', `/tags/${added.tag_id}/runs/`)).toEqual({
      id: added.tag_id,
      runs: [
        {
          run_id: run.hash,
          name: 'tagged',
          experiment: 'of tags',
          creation_time: expect.any(Number) as number,
          end_time: null,
        },
      ],
    });
    expect(await ok('GET', `/tags/${added.tag_id}/`)).toMatchObject({ run_count: 1 });
    const path = `/runs/${run.hash}/tags/${added.tag_id}/`;
    expect(await ok('DELETE', path)).toEqual({ id: run.hash, removed: true, status: 'OK' });
    expect(await ok('DELETE', path)).toEqual({ id: run.hash, removed: false, status: 'OK' });
    await run.must({ type: 'remove_tag', tag_name: first }, { type: 'remove_tag', tag_name: 'was never there' });
    expect((await info(run.hash)).props.tags).toEqual([]);
    await run.close();
  });

  it('a new name is on every run at once, a deleted tag on none', async () => {
    const run = await Transport.create();
    const name = randomUUID();
    await run.must({ type: 'add_tag', tag_name: name });
    const [{ id }] = await ok<[Tag]>('GET', `/tags/search/?q=${name}`);
    await ok('PUT', `/tags/${id}/`, { json: { name: `${name} new` } });
    expect((await info(run.hash)).props.tags.map((tag) => tag.name)).toEqual([`${name} new`]);
    await ok('DELETE', `/tags/${id}/`);
    expect((await info(run.hash)).props.tags).toEqual([]);
    await run.close();
  });

  it('refuse what is not there, taken or wrong', async () => {
    const run = await Transport.create();
    const { id } = await ok<Tag>('POST', '/tags/', { json: { name: randomUUID() } });
    const name = randomUUID();
    await ok('POST', '/tags/', { json: { name } });
    const cases: [string, string, unknown, number, string][] = [
      ['GET', `/tags/${nowhere}/`, undefined, 404, 'not_found'],
      ['GET', "/tags/'/", undefined, 404, 'not_found'],
      ['PUT', `/tags/${nowhere}/`, {}, 404, 'not_found'],
      ['DELETE', `/tags/${nowhere}/`, undefined, 404, 'not_found'],
      ['GET', `/tags/${nowhere}/runs/`, undefined, 404, 'not_found'],
      ['POST', '/tags/', { name }, 400, 'bad_request'],
      ['PUT', `/tags/${id}/`, { name }, 400, 'bad_request'],
      ['POST', '/tags/', { name: '' }, 422, 'validation_error'],
      ['POST', '/tags/', { name: 7 }, 422, 'validation_error'],
      ['POST', `/runs/${run.hash}/tags/new/`, { tag_name: ' ' }, 422, 'validation_error'],
      ['POST', '/runs/nothing/tags/new/', { tag_name: 'x' }, 404, 'not_found'],
      ['DELETE', `/runs/nothing/tags/${id}/`, undefined, 404, 'not_found'],
    ];
    for (const [method, path, json, status, code] of cases) {
      const answer = await call(method, path, { json });
      expect([method, path, answer.status, answer.body]).toEqual([method, path, status, refused(code)]);
    }
    await run.close();
  });
});
