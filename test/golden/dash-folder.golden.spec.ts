import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Experiment } from '#sdk';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-dash-'));
  await cp('test/golden/dash', root, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

const opened = (): Experiment => new Experiment('ann/digits/cnn/py', { dashRoot: root, echo: false });
const fieldsOf = ({ data }: { data: object }): object =>
  Object.fromEntries(Object.entries(data).filter(([name]) => name !== '_ts'));

describe('a folder the Python client wrote', () => {
  it('is read whole', async () => {
    await opened().run(async (exp) => {
      expect(await exp.params.get({ flatten: false })).toEqual({ lr: 0.1, model: { name: 'cnn', layers: [1, 2] } });
      const train = await exp.metrics('train').read();
      expect(train.data.map(fieldsOf)).toEqual([
        { loss: 1, step: 0 },
        { loss: 0.5, step: 1 },
        { loss: 1 / 3, step: 2 },
        { loss: Number.NaN, step: 3 },
      ]);
      expect((await exp.metrics(null).read()).data.map(fieldsOf)).toEqual([{ epoch: 1 }]);
      expect((await exp.metrics('eval').read()).data.map(fieldsOf)).toEqual([{ epoch: 1, loss: 2 }]);
      expect(new Set((await exp.metrics.list()).map(({ name }) => name))).toEqual(new Set([null, 'eval', 'train']));
      expect(await exp.files('models/config.json').readText()).toBe('{\n  "lr": 0.1\n}');
      const [weights] = await exp.files.bindr('v1').list();
      expect(weights).toMatchObject({
        filename: 'weights.bin',
        path: '/models',
        tags: ['best'],
        metadata: { epoch: 1 },
        sizeBytes: 8,
      });
      expect(await exp.tracks('robot/arm').read({ start: 2 })).toEqual([{ timestamp: 2.5, q: [3, 4] }]);
    });
  });

  it('goes on where it ended', async () => {
    await opened().run(async (exp) => {
      exp.log('from Node');
      exp.metrics('train').log({ loss: 0.1, step: 4 });
      exp.params.set({ model: { name: 'mlp' } });
      expect((await exp.metrics('train').read()).data.at(-1)).toMatchObject({ index: 4, data: { step: 4 } });
      expect(await exp.params.get()).toEqual({ lr: 0.1, 'model.name': 'mlp', 'model.layers': [1, 2] });
    });
  });
});
