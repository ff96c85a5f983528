import { randomBytes } from 'node:crypto';

import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import { sqlOf } from './sql.js';

/** Answers a project's own secret for signing, made when it is first asked for; all processes have the same. */
export function openSigningKeys(db: DataSource): (projectId: number) => Promise<Buffer> {
  const sql = sqlOf(db);
  const known = new Map<number, Buffer>();
  return async (projectId) => {
    const kept = known.get(projectId);
    if (kept) return kept;
    const [row] = await sql<{ key: string }>(
      `UPDATE tracked_project SET settings = jsonb_build_object('signingKey', $2::text) || settings
       WHERE id = $1 RETURNING settings->>'signingKey' AS key`,
      [projectId, randomBytes(32).toString('base64url')],
    );
    if (!row) throw new AppError('tracked-project-not-found', { name: projectId });
    const key = Buffer.from(row.key, 'base64url');
    known.set(projectId, key);
    return key;
  };
}
