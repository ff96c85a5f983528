import { request } from 'undici';
import type { z } from 'zod';

import { AppError } from '#contract';

import { credentialKey } from '../credential/credential-key.js';
import { platforms } from '../credential/platforms.js';
import type { Ports } from '../ports.js';
import { everyAddress, guardedAgent } from '../upload/guarded-agent.js';

const ANSWER_BYTES = 16 * 1024 * 1024;
const ANSWER_MS = 20_000;

/** What a source asks its hub through. */
export interface HubClient {
  /** Where the hub lives, as the operator set it, without a slash at the end. */
  readonly base: string;
  /** The header that shows the kept key, if there is one; for nobody but the hub. */
  authorization(): Promise<{ readonly authorization?: string }>;
  /** A JSON answer, and where its next page is told; undefined for 404 and whatever else `absent` lists. */
  json<S extends z.ZodType>(
    path: string,
    schema: S,
    options?: { readonly query?: Readonly<Record<string, string | number>>; readonly absent?: readonly number[] },
  ): Promise<{ body: z.output<S>; next: URL | null } | undefined>;
}

// The operator named the hubs, so they may lie in a private network; redirects are not followed.
const agent = guardedAgent(everyAddress);

/** Asks the hub of a source, with the key that was kept for it. */
export function openHub(ports: Ports, source: string, base: string, credential: string | undefined): HubClient {
  const failed = (reason: string): AppError => new AppError('dataset-source-failed', { name: source, reason });
  const authorization = async (): Promise<{ authorization?: string }> => {
    const key = credential === undefined ? undefined : await credentialKey(ports, credential);
    return key === undefined ? {} : { authorization: platforms[credential!]!.authorization(key) };
  };
  return {
    base,
    authorization,
    json: async (path, schema, { query = {}, absent = [] } = {}) => {
      const url = new URL(base + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.append(name, String(value));
      const headers = { accept: 'application/json', ...(await authorization()) };
      const answer = await request(url, { dispatcher: agent, headers, signal: AbortSignal.timeout(ANSWER_MS) }).catch(
        (error: unknown) => {
          throw failed(error instanceof Error ? error.message : String(error));
        },
      );
      const { statusCode } = answer;
      if (statusCode !== 200) {
        await answer.body.dump().catch(() => undefined);
        if (statusCode === 404 || absent.includes(statusCode)) return undefined;
        throw failed(`HTTP ${statusCode}`);
      }
      const body = schema.safeParse(parse(await textOf(answer.body, failed), failed));
      if (!body.success) throw failed(body.error.issues[0]?.message ?? 'JSON');
      return { body: body.data, next: nextOf(answer.headers['link'], url) };
    },
  };
}

async function textOf(body: AsyncIterable<unknown>, failed: (reason: string) => AppError): Promise<string> {
  const chunks: Buffer[] = [];
  let left = ANSWER_BYTES;
  for await (const chunk of body) {
    left -= (chunk as Buffer).length;
    if (left < 0) throw failed(`> ${ANSWER_BYTES} B`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, failed: (reason: string) => AppError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed('JSON');
  }
}

/** The next page of a `Link` header (RFC 8288). */
function nextOf(link: string | string[] | undefined, base: URL): URL | null {
  const found = /<([^>]+)>;\s*rel="?next"?/.exec([link].flat().join(','))?.[1];
  return found !== undefined && URL.canParse(found, base) ? new URL(found, base) : null;
}
