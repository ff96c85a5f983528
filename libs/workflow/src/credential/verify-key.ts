import { request } from 'undici';

import { AppError } from '#contract';

import type { Ports } from '../ports.js';
import { platforms } from './platforms.js';
import { everyAddress, guardedAgent } from '../upload/guarded-agent.js';

const ANSWER_MS = 20_000;
const agent = guardedAgent(everyAddress);

/** @throws AppError `credential-rejected` {name} when the platform does not know the key, `dataset-source-failed` when it does not answer. */
export async function verifyKey({ config }: Ports, name: string, key: string): Promise<void> {
  // A header cannot hold anything else, and no platform makes such keys.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new AppError('credential-rejected', { name });
  const { privateUrl, authorization } = platforms[name]!;
  const headers = { authorization: authorization(key), accept: 'application/json' };
  const signal = AbortSignal.timeout(ANSWER_MS);
  const answer = await request(privateUrl(config), { dispatcher: agent, headers, signal }).catch((error: unknown) => {
    throw new AppError('dataset-source-failed', {
      name,
      reason: error instanceof Error ? error.message : String(error),
    });
  });
  await answer.body.dump().catch(() => undefined);
  if (answer.statusCode === 401 || answer.statusCode === 403) throw new AppError('credential-rejected', { name });
  if (answer.statusCode !== 200)
    throw new AppError('dataset-source-failed', { name, reason: `HTTP ${answer.statusCode}` });
}
