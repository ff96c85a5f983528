import { existsSync, readFileSync } from 'node:fs';

import { load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
}
const composition = load(readFileSync('docker-compose.yml', 'utf8'), { schema: YAML11_SCHEMA }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const { services } = composition;

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
