import { appendFile, readFile } from 'node:fs/promises';

import type { Logger } from '#config';
import { addressOf, type Route, routes } from '#contract';

/** Where a run of the tests gathers what its programs answered; set by the global set-up. */
const FILE = 'MILLRACE_TEST_ROUTES';

/** Answered with success by an API within a test's own process (test/security and the specs beside the code), or, as events are, never to their end. */
const IN_PROCESS: ReadonlySet<string> = new Set([
  'GET /api/v1/access-token/',
  'POST /api/v1/access-token/',
  'DELETE /api/v1/access-token/:id',
  'GET /api/v1/device-login/:code',
  'POST /api/v1/device-login/:code',
  'GET /api/v1/job/events',
  'POST /api/v1/rest/runs/:id/:sequence/get-batch/',
  'POST /api/v1/rest/runs/:id/:sequence/get-step/',
]);

/** Starts gathering into `file`. */
export function gatherRoutes(file: string): void {
  process.env[FILE] = file;
}

interface RequestLine {
  readonly method: string;
  readonly route?: string;
  readonly status: number;
  readonly code?: string;
}

/** Takes from an API's log which routes it answered with success, and which with what error. */
export async function noteRoutes(logFile: string): Promise<void> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.includes('"msg":"request"'));
  await note(lines.map((line) => JSON.parse(line) as RequestLine));
}

async function note(lines: readonly RequestLine[]): Promise<void> {
  const file = process.env[FILE];
  if (file === undefined) return;
  const touched = lines.flatMap(({ method, route, status, code }) => {
    if (route === undefined) return [];
    return [
      ...(status < 400 ? [`${method} ${route}`] : []),
      ...(code === undefined ? [] : [`${method} ${route} ${code}`]),
    ];
  });
  if (touched.length > 0) await appendFile(file, `${[...new Set(touched)].join('\n')}\n`);
}

/** Says nothing; remembers what an API within a test's own process answered, for {@link NotingLogger.flush}. */
export class NotingLogger implements Logger {
  private readonly lines: RequestLine[] = [];
  debug(): void {}
  warn(): void {}
  error(): void {}

  info(fields: object, message: string): void {
    if (message === 'request') this.lines.push(fields as RequestLine);
  }

  child(): Logger {
    return this;
  }

  /** Hands over what was remembered. */
  flush(): Promise<void> {
    return note(this.lines.splice(0));
  }
}

/** SwanLab's routes are touched as well where they stand for one project. */
const plain = (line: string): string => line.replace('/compat/swanlab/:projectSlug', '').replace(/(.)\/(?= |$)/, '$1');
const touchedIn = async (file: string): Promise<ReadonlySet<string>> =>
  new Set((await readFile(file, 'utf8').catch(() => '')).split('\n').map(plain));
const declared = Object.values(routes).flatMap((group) => Object.values(group) as Route[]);

/** Errors that routes declare as their own: how many, and `METHOD address code` of those that no program of this run answered. */
export async function unseenRefusals(file: string): Promise<{ declared: number; unseen: string[] }> {
  const touched = await touchedIn(file);
  const refusals = declared.flatMap((route) => [...new Set(route.errors)].map((code) => ({ route, code })));
  const isUnseen = (route: Route, code: string): boolean =>
    [route.path, addressOf(route)].every((at) => !touched.has(plain(`${route.method} ${at} ${code}`)));
  const unseen = refusals.filter(({ route, code }) => isUnseen(route, code));
  return {
    declared: refusals.length,
    unseen: unseen.map(({ route, code }) => `${route.method} ${addressOf(route)} ${code}`),
  };
}

/** Routes of the contract that no program of this run answered with success, here or at an address of their own at the root. */
export async function untouchedRoutes(file: string): Promise<string[]> {
  const touched = await touchedIn(file);
  return declared
    .filter(({ status }) => status < 400)
    .filter(({ method, path }) => !touched.has(plain(`${method} ${path}`)))
    .map((route) => `${route.method} ${addressOf(route)}`)
    .filter((route) => !touched.has(plain(route)) && !IN_PROCESS.has(route));
}
