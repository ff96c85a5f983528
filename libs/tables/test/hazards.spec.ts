import { describe, expect, it } from 'vitest';

import { AppError, CsvReadPlan, type ReadPlan } from '#contract';

import { makeDocumentHazards } from '../../../test/hazards/make-document-hazards.js';
import { type Hazard, makeHazards } from '../../../test/hazards/make-hazards.js';

import { readPlan, temporaryTables } from './temporary-tables.js';

const t = temporaryTables();

interface Read extends Pick<Hazard, 'bytes' | 'expected'> {
  readonly plan: ReadPlan;
  readonly archive?: readonly string[] | undefined;
}

async function meet({ bytes, plan, archive, expected }: Read): Promise<void> {
  const before = await t.leftovers();
  const unpacking = archive ? { archive } : {};
  const outcome = await t.ingest(bytes, { ...plan }, unpacking).catch((error: unknown) => error);
  expect(await t.unpacked()).toEqual([]);
  if ('error' in expected) {
    expect(outcome).toBeInstanceOf(AppError);
    expect(outcome).toMatchObject({ code: expected.error, values: expected.values ?? {} });
    expect(await t.leftovers()).toEqual(before);
    return;
  }
  if (outcome instanceof Error) throw outcome;
  const { folder, meta } = outcome as Awaited<ReturnType<typeof t.ingest>>;
  expect(meta.rows).toBe(expected.rows);
  if (expected.columns) expect(meta.columns.map(({ name }) => name)).toEqual(expected.columns);
  const { rows } = await t.tables.page(folder, { offset: 0, limit: 1 });
  if (expected.first) expect(rows[0]).toMatchObject(expected.first);
  const preview = await t.tables.preview(await t.file(bytes), readPlan({ ...plan }), unpacking);
  expect(preview.sample[0]).toEqual(rows[0]);
  expect((await t.leftovers()).filter((name) => !before.includes(name))).toEqual([folder.split('/').at(-1)]);
}

describe('upload hazards', () => {
  // What only takes long is met once, through the whole house (test/e2e/hazards).
  const quick = makeHazards().filter(({ slow }) => slow !== true);
  it.each(quick.map((hazard) => [hazard.name, hazard] as const))(
    '%s',
    (_, hazard) => meet({ ...hazard, plan: CsvReadPlan.parse(hazard.plan ?? {}) }),
    300_000,
  );
});

describe('hazards of archives, workbooks and JSON', async () => {
  it.each((await makeDocumentHazards()).map((hazard) => [hazard.name, hazard] as const))(
    '%s',
    (_, hazard) => meet({ ...hazard, plan: hazard.plan ?? CsvReadPlan.parse({}) }),
    300_000,
  );
});
