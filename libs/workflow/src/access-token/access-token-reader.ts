import { decodeJwt, errors, jwtVerify } from 'jose';

import type { Caller } from '#contract';

import type { Ports } from '../ports.js';
import { tokenHash } from './issue-access-token.js';
import { signingKey, TOKEN_ISSUER } from './signing-key.js';

/**
 * What a presented token is: `good` with its bearer; `ended` when it is one of ours that was revoked, has run out or was tampered
 * with; `foreign` when it is none of ours.
 */
export type TokenReading =
  { readonly kind: 'good'; readonly tokenId: number; readonly caller: Caller } | { readonly kind: 'ended' | 'foreign' };

/** How long an answer of the database is believed: revocation is felt after it, in every process. */
const BELIEVED_MS = 1000;
const MAX_REMEMBERED = 10_000;
const MAX_TOKEN_LENGTH = 4096;
const FOREIGN = { kind: 'foreign' } as const;
const ENDED = { kind: 'ended' } as const;

/** Reads access tokens: signature, then the row that must stand. */
export class AccessTokenReader {
  private readonly remembered = new Map<string, { readonly until: number; readonly reading: Promise<TokenReading> }>();

  constructor(private readonly db: Ports['db']) {}

  /** Rejects only when the database cannot be asked. */
  read(token: string, now = Date.now()): Promise<TokenReading> {
    if (!looksOurs(token)) return Promise.resolve(FOREIGN);
    const known = this.remembered.get(token);
    if (known !== undefined && known.until > now) return known.reading;
    const reading = this.judge(token);
    this.remembered.delete(token);
    this.remembered.set(token, { until: now + BELIEVED_MS, reading });
    reading.catch(() => this.remembered.delete(token));
    // The oldest goes: who floods us with tokens costs work, never memory.
    if (this.remembered.size > MAX_REMEMBERED) this.remembered.delete(this.remembered.keys().next().value!);
    return reading;
  }

  private async judge(token: string): Promise<TokenReading> {
    try {
      await jwtVerify(token, await signingKey(this.db), { algorithms: ['HS256'], issuer: TOKEN_ISSUER });
    } catch (error) {
      if (error instanceof errors.JOSEError) return ENDED;
      throw error;
    }
    const [row] = await this.db.query<TokenRow[]>(STANDING, [tokenHash(token)]);
    if (row === undefined) return ENDED;
    if (row.stale) await this.db.query(USED, [row.id]);
    return { kind: 'good', tokenId: row.id, caller: { user: row.owner, projectId: row.project_id } };
  }
}

interface TokenRow {
  readonly id: number;
  readonly owner: string;
  readonly project_id: number | null;
  readonly stale: boolean;
}

/** A token of a project goes with its project. */
const STANDING = `SELECT t.id, t.owner, t.project_id, (t.last_used IS NULL OR t.last_used < now() - interval '1 minute') AS stale
  FROM access_token t WHERE t.sha256 = $1 AND t.revoked IS NULL AND t.expires > now()
  AND (t.project_id IS NULL OR EXISTS (SELECT 1 FROM tracked_project p WHERE p.id = t.project_id AND p.deleted_at IS NULL))`;
const USED = `UPDATE access_token SET last_used = now()
  WHERE id = $1 AND (last_used IS NULL OR last_used < now() - interval '1 minute')`;

/** Whether it says of itself that we made it; read, not believed. */
function looksOurs(token: string): boolean {
  if (token.length > MAX_TOKEN_LENGTH || token.split('.').length !== 3) return false;
  try {
    return decodeJwt(token).iss === TOKEN_ISSUER;
  } catch {
    return false;
  }
}
