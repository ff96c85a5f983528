import { appendFile, readFile } from 'node:fs/promises';

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

/** Takes from an API's log which routes it answered with success. */
export async function noteRoutes(logFile: string): Promise<void> {
  const file = process.env[FILE];
  if (file === undefined) return;
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.includes('"msg":"request"'));
  const touched = lines.flatMap((line) => {
    const { method, route, status } = JSON.parse(line) as { method: string; route?: string; status: number };
    return route !== undefined && status < 400 ? [`${method} ${route}`] : [];
  });
  if (touched.length > 0) await appendFile(file, `${[...new Set(touched)].join('\n')}\n`);
}

/** Routes of the contract that no program of this run answered with success, here or at an address of their own at the root. */
export async function untouchedRoutes(file: string): Promise<string[]> {
  const plain = (line: string): string => line.replace(/(.)\/$/, '$1');
  const touched = new Set((await readFile(file, 'utf8').catch(() => '')).split('\n').map(plain));
  return Object.values(routes)
    .flatMap((group) => Object.values(group) as Route[])
    .filter(({ status }) => status < 400)
    .filter(({ method, path }) => !touched.has(plain(`${method} ${path}`)))
    .map((route) => `${route.method} ${addressOf(route)}`)
    .filter((route) => !touched.has(plain(route)) && !IN_PROCESS.has(route));
}
