import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
}
const composition = load(readFileSync('docker-compose.yml', 'utf8'), { schema: YAML11_SCHEMA }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { services } = composition;
/** Keys of a service that the composition format has, of those that are used here: a misspelt one would be refused on the first day. */
const KNOWN = new Set(
  'build cap_drop command depends_on environment healthcheck image init ports restart security_opt shm_size stop_grace_period stop_signal volumes'.split(
    ' ',
  ),
);

describe('docker-compose.yml', () => {
  it('has Postgres, Redis, a migration, the api and the worker', () => {
    expect(Object.keys(services).sort()).toEqual(['api', 'migrate', 'postgres', 'redis', 'worker']);
  });

  it('keeps jobs in Redis: append-only file, no eviction', () => {
    expect(services['redis']!.command).toEqual(
      expect.arrayContaining(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']),
    );
  });

  it('waits for healthy servers and a finished migration', () => {
    for (const name of ['api', 'worker'])
      expect(services[name]!.depends_on).toEqual({
        postgres: { condition: 'service_healthy' },
        redis: { condition: 'service_healthy' },
        migrate: { condition: 'service_completed_successfully' },
      });
    for (const name of ['postgres', 'redis']) expect(services[name]!.healthcheck?.test?.length).toBeGreaterThan(0);
  });

  it('names only volumes that it declares, and only dependencies that it has', () => {
    for (const { volumes = [], depends_on = {} } of Object.values(services)) {
      for (const volume of volumes) expect(composition.volumes).toHaveProperty(volume.split(':')[0]!);
      for (const other of Object.keys(depends_on)) expect(services).toHaveProperty(other);
    }
  });

  it('asks every service how it is, but for the migration, which ends', () => {
    const asked = (service: Service): boolean =>
      service.healthcheck === undefined ? service.image === 'millrace' : service.healthcheck.disable !== true;
    const silent = Object.keys(services).filter((name) => !asked(services[name]!));
    expect(silent).toEqual(['migrate']);
    expect(services['migrate']!.restart).toBe('no');
  });

  it.each([
    ['fresh', 0, 0],
    ['old', 60_000, 1],
    ['missing', null, 1],
  ])('a worker whose sign of life is %s: what its check says', async (_, ageMs, code) => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-sign-'));
    const file = join(folder, 'sign');
    if (ageMs !== null) {
      await writeFile(file, '');
      const written = (Date.now() - ageMs) / 1000;
      await utimes(file, written, written);
    }
    const [how, program, ...given] = services['worker']!.healthcheck!.test!;
    expect([how, program]).toEqual(['CMD', 'node']);
    const env = { ...process.env, MILLRACE_WORKER_SIGN: file };
    expect(spawnSync(process.execPath, given, { env }).status).toBe(code);
    expect(services['worker']!.environment).toHaveProperty('MILLRACE_WORKER_SIGN');
    await rm(folder, { recursive: true });
  });

  it('gives our own programs no rights beyond a plain user’s', () => {
    for (const { image, ...service } of Object.values(services).filter((one) => one.image === 'millrace'))
      expect([image, service]).toMatchObject([
        'millrace',
        { cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], init: true },
      ]);
    for (const service of Object.values(services)) expect(service).not.toHaveProperty('privileged');
  });

  it('has nothing but what the composition format knows', () => {
    for (const service of Object.values(services))
      expect(Object.keys(service).filter((key) => !KNOWN.has(key))).toEqual([]);
  });

  it('lets any number of workers run: no name or port of their own', () => {
    expect(services['worker']).not.toHaveProperty('ports');
    expect(services['worker']).not.toHaveProperty('container_name');
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');

  it('ends as an ordinary user with a health check', () => {
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  });

  it('copies from the sources only what is there', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('runs programs that are built', () => {
    const programs = [readFileSync('Dockerfile', 'utf8'), readFileSync('docker-compose.yml', 'utf8')].flatMap((text) =>
      [...text.matchAll(/dist\/((?:apps|libs)\/[\w/-]+)\.js/g)].map((match) => `${match[1]!}.ts`),
    );
    expect(programs.length).toBeGreaterThanOrEqual(4);
    expect(programs.filter((path) => !existsSync(path))).toEqual([]);
  });
});
