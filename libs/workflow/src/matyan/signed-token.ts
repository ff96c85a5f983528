import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token permits: bytes to be written, or to be read. */
type Purpose = 'put' | 'get';

/** `<project>.<payload>.<signature>`: opaque to clients, made and read with the project's own key. */
export function signToken(purpose: Purpose, projectId: number, key: Buffer, payload: object): string {
  const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${projectId}.${text}.${signature(purpose, projectId, key, text)}`;
}

/** The project a token says it is of; whether that is so only its signature tells. */
export function projectOfToken(token: string): number | undefined {
  const id = /^(\d{1,9})\./.exec(token)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** The payload of a token that was made with this key for this purpose; undefined for any other text. */
export function readToken(purpose: Purpose, projectId: number, key: Buffer, token: string): unknown {
  const [id, text, signed] = token.split('.');
  if (id !== String(projectId) || text === undefined || signed === undefined) return undefined;
  // As text: several spellings decode to the same bytes.
  const given = Buffer.from(signed);
  const expected = Buffer.from(signature(purpose, projectId, key, text));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}

const signature = (purpose: Purpose, projectId: number, key: Buffer, text: string): string =>
  createHmac('sha256', key).update(`${purpose} ${projectId} ${text}`).digest('base64url');
