import { randomInt } from 'node:crypto';

import { type AnswerOf, AppError, type Caller, type deviceLoginRoutes, type InputOf, OPERATOR } from '#contract';
import {
  beginDeviceLogin, decideDeviceLogin, type DeviceLogin, endDeviceLogin, findDeviceLogin, pollDeviceLogin, takeDeviceLogin,
} from '#tracking'; // prettier-ignore

import { issueAccessToken, tokenHash } from '../access-token/issue-access-token.js';
import type { Ports } from '../ports.js';

const SECONDS = 600;
const INTERVAL_S = 5;
/** Asking sooner than this after the last time is too fast; a little less than the interval, for clocks. */
const PAUSE_MS = 1000;
const DAY_S = 86_400;
/** Without vowels and look-alikes: no words, nothing to mistake. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ23456789';

/**
 * A device begins to sign in. On an open server, which only this machine reaches, nobody has to let it in.
 * @param origin where the device reaches this server.
 */
export async function startDeviceLogin(
  { db, config }: Ports,
  { client_id = 'a device', device_secret_hash }: InputOf<typeof deviceLoginRoutes.start>['body'],
  origin: string,
): Promise<AnswerOf<typeof deviceLoginRoutes.start>> {
  const code = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const owner = config.token === undefined ? 'local' : null;
  await beginDeviceLogin(db, { secretHash: device_secret_hash, code, client: client_id, seconds: SECONDS, owner });
  const page = `${origin}/app/device.html`;
  return {
    user_code: shown(code),
    device_code: '',
    verification_uri: page,
    verification_uri_complete: `${page}?code=${code}`,
    expires_in: SECONDS,
    interval: INTERVAL_S,
  };
}

/**
 * The device's token, once it was let in: good for a few minutes, to be exchanged.
 * @throws AppError `authorization-pending`, `device-login-too-fast`, `device-login-denied`, `device-code-expired`.
 */
export async function pollDevice(ports: Ports, secretHash: string): Promise<AnswerOf<typeof deviceLoginRoutes.poll>> {
  const polled = await pollDeviceLogin(ports.db, secretHash, PAUSE_MS);
  if (polled === undefined) throw new AppError('device-code-expired');
  if (polled.state === 'denied') throw new AppError('device-login-denied');
  if (polled.state === 'pending')
    throw new AppError(polled.tooFast ? 'device-login-too-fast' : 'authorization-pending');
  if (polled.state === 'taken') throw new AppError('device-code-expired');
  const { owner, projectId, client } = polled;
  const name = `${client}, signing in`;
  const { token } = await issueAccessToken(ports, { name, owner: owner!, projectId, days: SECONDS / DAY_S });
  // Of two polls at once one gets in; the other's token was never shown to anybody.
  if (!(await takeDeviceLogin(ports.db, secretHash, tokenHash(token)))) throw new AppError('device-code-expired');
  return { access_token: token, token_type: 'Bearer', expires_in: SECONDS };
}

/**
 * A token of a year for the short-lived one of a sign-in, once. The operator may make tokens anyway; other tokens do not prolong
 * themselves.
 * @throws AppError `unauthorized`.
 */
export async function exchangeToken(
  ports: Ports,
  caller: Caller,
  bearer: string | undefined,
): Promise<{ ml_dash_token: string }> {
  const login = bearer === undefined ? undefined : await endDeviceLogin(ports.db, tokenHash(bearer));
  if (login === undefined && caller !== OPERATOR) throw new AppError('unauthorized');
  const { user: owner, projectId } = caller;
  const { token } = await issueAccessToken(ports, { name: 'ML-Dash', owner, projectId, days: 365 });
  return { ml_dash_token: token };
}

/** What a code asks for. @throws AppError `device-login-not-found`. */
export async function readDeviceLogin({ db }: Ports, code: string): Promise<AnswerOf<typeof deviceLoginRoutes.read>> {
  const { client, state, expires } = found(await findDeviceLogin(db, code));
  const left = Math.max(0, Math.round((expires.getTime() - Date.now()) / 1000));
  return { code: shown(code), client, state, expires_in: left };
}

/** Lets a device in as an owner, or not. @throws AppError `device-login-not-found` also for one that was decided on, `tracked-project-not-found`. */
export async function decideOnDevice(
  { db, tracked }: Ports,
  code: string,
  { approve, owner, project_id }: InputOf<typeof deviceLoginRoutes.decide>['body'],
): Promise<null> {
  if (project_id != null) await tracked.projects.get(project_id);
  found(await decideDeviceLogin(db, code, approve ? owner : null, project_id ?? null));
  return null;
}

function found(login: DeviceLogin | undefined): DeviceLogin {
  if (login === undefined) throw new AppError('device-login-not-found');
  return login;
}

/** In two halves, as people read it out. */
const shown = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
