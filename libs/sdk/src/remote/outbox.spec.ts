import { expect, it, vi } from 'vitest';

import { readSettings } from '../settings.js';
import { Outbox } from './outbox.js';
import type { Parcel } from './parcel.js';
import type { SpoolFile } from './spool.js';

const parcel = (body: string): Parcel => ({ lane: 'metric', items: 1, method: 'POST', path: '/rows', body });

it('goes on past a part on disk that cannot be read again', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const arrived: unknown[] = [];
  const outbox = new Outbox(
    {
      name: 'a server',
      deliver: (one) => Promise.resolve(void arrived.push(one)),
      reject: () => undefined,
      renew: () => undefined,
      stop: () => undefined,
      spool: () => {
        throw new Error('nothing waits');
      },
    },
    readSettings(),
  );
  const sent = vi.fn();
  const load = (): never => {
    throw new SyntaxError('no JSON');
  };
  const file = { load, sent } as unknown as SpoolFile;
  outbox.addKept({ lane: 'metric', items: 1, place: { file, offset: 0, length: 1 } });
  outbox.add(parcel('kept'));
  await outbox.settle(2000);
  expect(outbox.waiting).toBe(0);
  expect(arrived).toContainEqual(parcel('kept'));
  expect(arrived).not.toContainEqual(parcel('lost'));
  expect(sent).toHaveBeenCalledOnce();
});
