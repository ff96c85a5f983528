import type { DataSource } from 'typeorm';

import { HEARD, throwUnlessLive } from './live-run.js';
import { checkDepth, LIMITS, storableJson } from './limits.js';
import { countLeaves, leavesOf, mergedTree, replacedTree, type Tree } from './param-tree.js';
import { type Sql, sqlOf, within } from './sql.js';
import type { TrackedParams } from './tracking-store.js';

/** Parameters of runs: the tree as it was given, and its leaves in a table of their own for queries. */
export function openParams(db: DataSource): TrackedParams {
  return {
    merge: (runId, leaves, tx) =>
      within(db, tx, async (sql) => {
        checkDepth('params', leaves, LIMITS.depth);
        const { version, tree } = await changeTree(sql, runId, (before) => mergedTree(before, leaves));
        return { version, leaves: Object.fromEntries(leavesOf(tree)) };
      }),
    replace: (runId, path, value, tx) =>
      within(db, tx, async (sql) => {
        checkDepth('params', value, LIMITS.depth - path.length);
        await changeTree(sql, runId, (before) => replacedTree(before, path, value));
      }),
    async leaves(runId) {
      const [row] = await sqlOf(db)<{ params: Tree; gone: boolean }>(
        'SELECT params, deleted_at IS NOT NULL AS gone FROM tracked_run WHERE id = $1',
        [runId],
      );
      throwUnlessLive(runId, row?.gone);
      return Object.fromEntries(leavesOf(row!.params));
    },
  };
}

async function changeTree(
  sql: Sql,
  runId: number,
  change: (tree: Tree) => Tree,
): Promise<{ version: number; tree: Tree }> {
  const [row] = await sql<{ params: Tree; gone: boolean }>(
    'SELECT params, deleted_at IS NOT NULL AS gone FROM tracked_run WHERE id = $1 FOR NO KEY UPDATE',
    [runId],
  );
  throwUnlessLive(runId, row?.gone);
  const given = change(row!.params);
  const text = storableJson('params', given);
  const leaves = leavesOf(given);
  const [written] = await sql<{ params_version: number; params: Tree }>(
    `UPDATE tracked_run SET params = $2::jsonb, params_version = params_version + 1, param_leaves = $3, last_modified = now(),
       ${HEARD} WHERE id = $1 RETURNING params_version, params`,
    [runId, text, leafCount(given, leaves.size)],
  );
  await index(sql, runId, leaves);
  return { version: written!.params_version, tree: written!.params };
}

/** Of two keys that read alike one alone is indexed: such a tree counts as one that has more leaves than are. */
function leafCount(tree: Tree, indexed: number): number {
  const all = countLeaves(tree);
  return all === indexed ? all : LIMITS.indexedParams + all;
}

/** Only rows that are new or changed are written. */
async function index(sql: Sql, runId: number, leaves: ReadonlyMap<string, unknown>): Promise<void> {
  const own = [...leaves].slice(0, LIMITS.indexedParams);
  const keys = own.map(([key]) => key);
  await sql('DELETE FROM tracked_param WHERE run_id = $1 AND key <> ALL($2::text[])', [runId, keys]);
  await sql(
    `INSERT INTO tracked_param AS param (run_id, key, num, str, bool)
     SELECT $1, leaf.* FROM unnest($2::text[], $3::float8[], $4::text[], $5::bool[]) leaf (key, num, str, bool)
     ON CONFLICT (run_id, key) DO UPDATE SET num = excluded.num, str = excluded.str, bool = excluded.bool
     WHERE (param.num, param.str, param.bool) IS DISTINCT FROM (excluded.num, excluded.str, excluded.bool)`,
    [
      runId,
      keys,
      own.map(([, value]) => (typeof value === 'number' ? value : null)),
      own.map(([, value]) => (typeof value === 'string' ? value : null)),
      own.map(([, value]) => (typeof value === 'boolean' ? value : null)),
    ],
  );
}
