import type { WireAccessToken } from '#contract';
import { AccessTokenEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wireDate } from '../rows.js';
import { issueAccessToken, type NewAccessToken } from './issue-access-token.js';

const orNull = (date: Date | null): string | null => (date === null ? null : wireDate(date));

function wireAccessToken(row: AccessTokenEntity): WireAccessToken {
  const { id, name, owner, project_id } = row;
  return {
    id,
    name,
    owner,
    project_id,
    created: wireDate(row.created),
    last_used: orNull(row.last_used),
    expires: wireDate(row.expires),
    revoked: orNull(row.revoked),
  };
}

/** All access tokens, the newest first. */
export async function listAccessTokens({ db }: Ports): Promise<WireAccessToken[]> {
  return (await db.manager.find(AccessTokenEntity, { order: { id: 'DESC' } })).map(wireAccessToken);
}

/** Makes a token and shows it, this once. @throws AppError `tracked-project-not-found`. */
export async function createAccessToken(
  ports: Ports,
  given: NewAccessToken,
): Promise<WireAccessToken & { token: string }> {
  const { token, row } = await issueAccessToken(ports, given);
  return { ...wireAccessToken(row), token };
}
