import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';

import { describe, expect, it, vi } from 'vitest';

import { at, document, experiment, inEmptyFolders, lines } from '../local.fixture.js';

inEmptyFolders();

describe('crashes', () => {
  it('leave whole lines, and what comes later counts on', async () => {
    await experiment().run((exp) => void exp.metrics('m').log({ a: 1 }).log({ a: 2 }));
    // Killed in the middle of a line, and before the description was written.
    writeFileSync(
      at('metrics', 'm', 'data.jsonl'),
      '{"index":0,"data":{"a":1},"createdAt":"x"}\n{"index":1,"data":{"a":2},"createdAt":"x"}\n{"index":2,"da',
    );
    writeFileSync(at('metrics', 'm', 'metadata.json'), '{"metricId": "local-me');
    writeFileSync(at('logs', 'logs.jsonl'), '{"sequenceNumber":0,"message":"kept"}\n{"sequ');
    await experiment().run((exp) => {
      exp.metrics('m').log({ a: 3 });
      exp.log('after');
    });
    const rows = lines<{ index: number; data: { a: number } }>('metrics', 'm', 'data.jsonl');
    expect(rows.map(({ index, data }) => [index, data.a])).toEqual([[0, 1], [1, 2], [2, 3]]); // prettier-ignore
    expect(document('metrics', 'm', 'metadata.json')).toMatchObject({ totalDataPoints: 3, nextIndex: 3 });
    expect(lines('logs', 'logs.jsonl').map(({ message }) => message)).toEqual(['kept', 'after']);
  });

  it('leave locks of the dead behind, which hold nobody up', async () => {
    mkdirSync(at('metrics', 'm'), { recursive: true });
    writeFileSync(at('metrics', 'm', '.metadata.lock.node'), `999999999@${hostname()}`);
    await experiment().run((exp) => void exp.metrics('m').log({ a: 1 }));
    expect(lines('metrics', 'm', 'data.jsonl')).toHaveLength(1);
    expect(existsSync(at('metrics', 'm', '.metadata.lock.node'))).toBe(false);
  });

  it('a disk that takes no writes does not end the training, and nothing is lost once it does', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const exp = experiment();
    await exp.run(async () => {
      writeFileSync(at('metrics', 'm'), 'in the way');
      exp.metrics('m').log({ a: 1 });
      expect((await exp.flush()).waiting).toBe(1);
      await rm(at('metrics', 'm'));
      exp.metrics('m').log({ a: 2 });
    });
    expect(told.mock.calls.flat().join('')).toContain('takes no writes now');
    told.mockRestore();
    expect(lines('metrics', 'm', 'data.jsonl')).toHaveLength(2);
  });
});
