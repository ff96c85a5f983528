import { createHash, randomBytes } from 'node:crypto';

import { SignJWT } from 'jose';

import { AccessTokenEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { signingKey, TOKEN_ISSUER } from './signing-key.js';

const DAY_MS = 86_400_000;

/** Whom a token is made for and what it opens. */
export interface NewAccessToken {
  readonly name: string;
  /** A slug: the namespace of what its bearer makes. */
  readonly owner: string;
  /** The only tracked project it opens; absent or null for all. */
  readonly projectId?: number | null | undefined;
  readonly days: number;
  /** As clients show it; the owner when absent. */
  readonly fullName?: string;
  readonly email?: string;
}

/** SHA-256 of a token: all that is kept of it. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Makes an access token: a JSON Web Token whose claims ML-Dash's client shows (`reference/trackers` 1a.1), good while its row stands.
 * @throws AppError `tracked-project-not-found`.
 */
export async function issueAccessToken(
  { db, tracked }: Pick<Ports, 'db' | 'tracked'>,
  { name, owner, projectId = null, days, fullName = owner, email = `${owner}@localhost` }: NewAccessToken,
): Promise<{ token: string; row: AccessTokenEntity }> {
  if (projectId !== null) await tracked.projects.get(projectId);
  // A date of whole seconds: the claim has no others.
  const expires = new Date(Math.floor((Date.now() + days * DAY_MS) / 1000) * 1000);
  const shortId = randomBytes(9).toString('base64url');
  const [given = '', ...family] = fullName.split(' ');
  const token = await new SignJWT({
    username: owner,
    email,
    name: fullName,
    given_name: given,
    family_name: family.join(' '),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(TOKEN_ISSUER)
    .setSubject(owner)
    .setIssuedAt()
    .setExpirationTime(expires)
    .setJti(shortId)
    .sign(await signingKey(db));
  const row = await db.manager.save(
    db.manager.create(AccessTokenEntity, {
      sha256: tokenHash(token),
      short_id: shortId,
      name,
      owner,
      project_id: projectId,
      last_used: null,
      expires,
      revoked: null,
    }),
  );
  return { token, row };
}
