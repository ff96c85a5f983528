import { describe, expect, it } from 'vitest';

import { CsvReadPlan } from '#contract';

import { makeHazards } from '../../../test/hazards/make-hazards.js';
import { AppError } from '#contract';

import { temporaryTables } from './temporary-tables.js';

const t = temporaryTables();

describe('upload hazards', () => {
  it.each(makeHazards().map((hazard) => [hazard.name, hazard] as const))(
    '%s',
    async (_, { bytes, plan, expected }) => {
      const before = await t.leftovers();
      const outcome = await t.ingest(bytes, plan).catch((error: unknown) => error);
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
      const preview = await t.tables.preview(await t.file(bytes), CsvReadPlan.parse(plan ?? {}));
      expect(preview.sample[0]).toEqual(rows[0]);
      expect((await t.leftovers()).filter((name) => !before.includes(name))).toEqual([folder.split('/').at(-1)]);
    },
    120_000,
  );
});
