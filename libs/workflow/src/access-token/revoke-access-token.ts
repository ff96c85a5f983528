import { IsNull } from 'typeorm';

import { AccessTokenEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Ends a token; again is nothing new. @throws AppError `access-token-not-found`. */
export async function revokeAccessToken({ db }: Ports, id: number): Promise<null> {
  await rowById(db.manager, AccessTokenEntity, id, 'access-token-not-found');
  await db.manager.update(AccessTokenEntity, { id, revoked: IsNull() }, { revoked: new Date() });
  return null;
}
