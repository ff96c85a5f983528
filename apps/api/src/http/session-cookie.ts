import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const NAME = 'millrace_session';
const HOURS = 12;

/** SHA-256, so that texts of any length compare in constant time. */
export const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const sign = (expires: string, token: string): Buffer =>
  createHmac('sha256', token).update(`millrace session ${expires}`).digest();

/** A `Set-Cookie` value that stands for the token until it runs out; scripts and other sites never get it. */
export function newSession(token: string, now: Date): string {
  const expires = `${now.getTime() + HOURS * 3_600_000}`;
  const value = `${expires}.${sign(expires, token).toString('base64url')}`;
  return `${NAME}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${HOURS * 3600}`;
}

/** A `Set-Cookie` value that forgets the session. */
export const endedSession = `${NAME}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;

/** Whether a `Cookie` header holds a session made with this token that has not run out. */
export function readSession(header: string | undefined, token: string, now = new Date()): boolean {
  const value = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
  const [expires, signature] = (value ?? '').split('.');
  if (expires === undefined || signature === undefined || !/^\d{1,16}$/.test(expires)) return false;
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(expires, token);
  return given.length === expected.length && timingSafeEqual(given, expected) && Number(expires) > now.getTime();
}
