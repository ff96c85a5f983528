import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { at, document, experiment, inEmptyFolders, ISO, lines, place } from '../local.fixture.js';

inEmptyFolders();

describe('metrics', () => {
  it('are rows with an index and a time', async () => {
    await experiment().run((exp) => {
      exp
        .metrics('train', { description: 'd', tags: ['t'] })
        .log({ loss: 0.5 })
        .log({ loss: 0.25, _ts: 7 })
        .log({ loss: 0, _ts: -1 });
    });
    const rows = lines<{ index: number; data: { loss: number; _ts: number } }>('metrics', 'train', 'data.jsonl');
    expect(rows.map(({ index, data }) => [index, data.loss])).toEqual([[0, 0.5], [1, 0.25], [2, 0]]); // prettier-ignore
    expect(rows[0]!.data._ts).toBeGreaterThan(1.7e9);
    expect(rows.slice(1).map(({ data }) => data._ts)).toEqual([7, 7]);
    expect(document('metrics', 'train', 'metadata.json')).toEqual({
      metricId: 'local-metric-train',
      name: 'train',
      description: 'd',
      tags: ['t'],
      metadata: null,
      totalDataPoints: 3,
      nextIndex: 3,
      createdAt: ISO,
      updatedAt: ISO,
    });
  });

  it('of one call go to the metrics of their keys, each with the plain values', async () => {
    await experiment().run((exp) => {
      exp.metrics.log({ epoch: 3, train: { loss: 1 }, eval: { loss: 2, epoch: 4 }, _ts: 5 }).log({ only: { a: 1 } });
    });
    const first = (name: string): unknown => lines('metrics', name, 'data.jsonl')[0]!['data'];
    expect(first('None')).toEqual({ epoch: 3, _ts: 5 });
    expect(first('train')).toEqual({ epoch: 3, loss: 1, _ts: 5 });
    expect(first('eval')).toEqual({ epoch: 4, loss: 2, _ts: 5 });
    expect(lines('metrics', 'None', 'data.jsonl')).toHaveLength(1);
  });

  it('are read in pages and summed up', async () => {
    const exp = experiment();
    await exp.run(async () => {
      expect(await exp.metrics('none').read()).toEqual({
        data: [],
        startIndex: 0,
        endIndex: -1,
        total: 0,
        hasMore: false,
      });
      await expect(exp.metrics('none').stats()).rejects.toThrow('There is no metric none');
      for (let step = 0; step < 25; step += 1) exp.metrics('train').log({ loss: 25 - step });
      const page = await exp.metrics('train').read({ startIndex: 10, limit: 10 });
      expect(page).toMatchObject({ startIndex: 10, endIndex: 19, total: 10, hasMore: true });
      expect(page.data[0]).toMatchObject({ index: 10, data: { loss: 15 } });
      expect(await exp.metrics('train').read({ startIndex: 20 })).toMatchObject({ total: 5, hasMore: false });
      expect(await exp.metrics('train').stats()).toMatchObject({
        totalDataPoints: '25',
        bufferedDataPoints: '25',
        chunkedDataPoints: '0',
        count: 25,
        firstValue: 25,
        lastValue: 1,
      });
      for (const wrong of [{ limit: 0 }, { limit: 10_001 }, { startIndex: -1 }, { startIndex: 0.5 }])
        await expect(exp.metrics('train').read(wrong)).rejects.toThrow(RangeError);
    });
  });

  it('have names with slashes, dots and anything else, and stay in their folder', async () => {
    const names = ['a/b', '../../escape', 'None', '%2F', 'ü ñ', 'x:y', '.hidden', 'end.', null];
    const exp = experiment();
    await exp.run(async () => {
      for (const name of names) exp.metrics(name).log({ name: String(name) });
      await exp.flush();
      for (const name of names)
        expect((await exp.metrics(name).read()).data.map(({ data }) => data['name'])).toEqual([String(name)]);
      expect(new Set((await exp.metrics.list()).map(({ name }) => name))).toEqual(new Set(names));
      for (const wrong of ['', '.', '..', 'x'.repeat(256)]) expect(() => exp.metrics(wrong)).toThrow(RangeError);
    });
    expect(existsSync(join(place.root, 'escape'))).toBe(false);
    expect(readdirSync(at('metrics'))).toHaveLength(names.length);
    expect(existsSync(at('metrics', 'a%2Fb', 'data.jsonl'))).toBe(true);
  });

  it('keep numbers that are none', async () => {
    const exp = experiment();
    await exp.run(async () => {
      exp.metrics('m').log({ loss: Number.NaN, top: Infinity });
      expect((await exp.metrics('m').read()).data[0]!.data).toMatchObject({ loss: Number.NaN, top: Infinity });
    });
    expect(readFileSync(at('metrics', 'm', 'data.jsonl'), 'utf8')).toContain('{"loss":NaN,"top":Infinity,');
  });

  it('are buffered and summarised, in all metrics at once', async () => {
    const exp = experiment();
    await exp.run(async () => {
      for (const loss of [1, 2, 3, null]) exp.metrics('train').buffer({ loss, acc: '0.5' });
      exp.metrics('val').buffer({ loss: 10 });
      expect(exp.metrics.buffer.peek('train', { limit: 2 })).toEqual({ loss: [3, Number.NaN], acc: [0.5, 0.5] });
      expect(() => exp.metrics('train').buffer({ loss: 5, text: 'x' })).toThrow(TypeError);
      expect(() => exp.metrics.buffer.logSummary('mean', 'most' as 'max')).toThrow(RangeError);
      exp.metrics.buffer.logSummary('mean', 'std', 'p50', { epoch: 7 });
      exp.metrics.buffer.log_summary();
      const read = async (name: string): Promise<object[]> =>
        (await exp.metrics(name).read()).data.map(({ data }) =>
          Object.fromEntries(Object.entries(data).filter(([field]) => field !== '_ts')),
        );
      expect(await read('train')).toEqual([
        { epoch: 7, 'loss.mean': 2, 'loss.std': 1, 'loss.p50': 2, 'acc.mean': 0.5, 'acc.std': 0, 'acc.p50': 0.5 },
      ]);
      expect(await read('val')).toEqual([{ epoch: 7, 'loss.mean': 10, 'loss.std': 0, 'loss.p50': 10 }]);
    });
  });

  it('have a summary cache', async () => {
    const exp = experiment();
    await exp.run(async () => {
      const { summaryCache } = exp.metrics('train');
      summaryCache.store({ loss: 1 });
      summaryCache.store({ loss: 3 });
      summaryCache.set({ lr: 0.1 });
      expect(exp.metrics('train').summaryCache.peek('loss')).toEqual({ loss: [1, 3] });
      summaryCache.summarize({ clear: false });
      summaryCache.store({ loss: 5 });
      summaryCache.summarize();
      summaryCache.summarize();
      const rows = (await exp.metrics('train').read()).data.map(({ data }) => [
        data['lr'],
        data['loss.mean'],
        data['loss.count'],
      ]);
      expect(rows).toEqual([[0.1, 2, 2], [0.1, 3, 3]]); // prettier-ignore
    });
  });

  it('refuse times that are none', async () => {
    await experiment().run((exp) => {
      expect(() => exp.metrics('m').log({ a: 1, _ts: -1 })).toThrow('there is none');
      expect(() => exp.metrics('m').log({ a: 1, _ts: 'now' })).toThrow(RangeError);
    });
  });
});
