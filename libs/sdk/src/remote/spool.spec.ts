import { appendFileSync, readdirSync, renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Parcel } from './parcel.js';
import { SpoolFile } from './spool.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-spool-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const parcel = (body: string, lane = 'metric "a"', items = 3): Parcel => ({ lane, items, method: 'POST', path: '/rows', body }); // prettier-ignore
/** As a process that ended leaves its file: no process has the highest number. */
function abandon(file: SpoolFile): string {
  file.release();
  const [name] = readdirSync(folder).filter((one) => one.endsWith('.jsonl'));
  const left = `${hostname()}.4194304.1.1.jsonl`;
  renameSync(join(folder, name!), join(folder, left));
  return join(folder, left);
}

it('what waits is found line by line, however long a line is, and read when it leaves', () => {
  const file = SpoolFile.create(folder, { url: 'http://there', run: 'r' });
  // Lines that end before, at and after the ends of what is read at a time, and characters of several bytes across them.
  const bodies = [10, 1_048_000, 1_048_576, 2_500_000, 1].map((length, at) => `${at}${'数'.repeat(length / 3)}\n"`);
  const places = bodies.map((body) => file.keep(parcel(body)));
  file.sent(places[1]!);
  const [found] = SpoolFile.inherit((abandon(file), folder));
  expect(found!.head).toEqual({ url: 'http://there', run: 'r' });
  expect(found!.parcels.map(({ lane, items }) => [lane, items])).toEqual(bodies.slice(1).map(() => ['metric "a"', 3]));
  // What it holds stays on disk.
  for (const kept of found!.parcels) expect(Object.keys(kept).sort()).toEqual(['items', 'lane', 'place']);
  const loaded = found!.parcels.map(({ place }) => (place.file.load(place) as { body: string }).body);
  expect(loaded).toEqual(bodies.filter((_body, at) => at !== 1));
  for (const { place } of found!.parcels) place.file.sent(place);
  expect(readdirSync(folder)).toEqual([]);
});

it('a line a crash left unfinished is none, and what comes after it is whole', () => {
  const file = SpoolFile.create(folder, { url: 'http://there', run: 'r' });
  file.keep(parcel('first'));
  appendFileSync(abandon(file), '{"lane":"metric","items":9,"method":"PO');
  const [found] = SpoolFile.inherit(folder);
  expect(found!.parcels.map(({ items }) => items)).toEqual([3]);
  const place = found!.parcels[0]!.place.file.keep(parcel('second'));
  expect(place.file.load(place)).toEqual(parcel('second'));
  place.file.release();
});
