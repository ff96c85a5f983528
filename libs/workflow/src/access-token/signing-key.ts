import { randomBytes } from 'node:crypto';

import type { Ports } from '../ports.js';

/** Who signs our tokens, in their claims: what bears it is ours to judge. */
export const TOKEN_ISSUER = 'millrace';

const keys = new WeakMap<Ports['db'], Promise<Uint8Array>>();

/** The key access tokens are signed with: made once, kept in the database, the same for every process. */
export function signingKey(db: Ports['db']): Promise<Uint8Array> {
  const known = keys.get(db);
  if (known) return known;
  const key = readKey(db);
  keys.set(db, key);
  // What failed once is tried again.
  key.catch(() => keys.delete(db));
  return key;
}

async function readKey(db: Ports['db']): Promise<Uint8Array> {
  await db.query('INSERT INTO access_token_key (secret) VALUES ($1) ON CONFLICT DO NOTHING', [randomBytes(32)]);
  const [row] = await db.query<[{ secret: Buffer }]>('SELECT secret FROM access_token_key');
  return new Uint8Array(row.secret);
}
