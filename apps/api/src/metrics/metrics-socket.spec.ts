import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { createLogger, loadConfig } from '#config';
import { Hardware, type MetricPoint, type Status, STATUS } from '#contract';
import type { Ports } from '#workflow';

import { Door } from '../http/door.js';
import { RequestRates } from '../http/request-rates.js';
import { serveSockets } from '../http/sockets.js';
import { MetricsSocket } from './metrics-socket.js';

interface Point extends MetricPoint {
  readonly id: string;
  readonly timestamp: Date;
}

/** One run, 7, whose status and points a test changes. */
const run: { status: Status; points: Point[] } = { status: STATUS.started, points: [] };
/** Those who watch it, as the feed would tell them. */
const watchers = new Set<() => void>();
const tell = (): void => watchers.forEach((wake) => wake());
const ports = {
  config: loadConfig({}),
  log: createLogger('silent'),
  db: {
    manager: {
      findOneBy: (_entity: unknown, { id }: { id: number }) =>
        Promise.resolve(id === 7 ? { id, status: run.status } : null),
    },
  },
  feed: {
    watchRun: (_id: number, wake: () => void) => {
      watchers.add(wake);
      return () => watchers.delete(wake);
    },
  },
  tracking: {
    series: (_run: number, after = '0') => Promise.resolve(run.points.filter(({ id }) => Number(id) > Number(after))),
  },
} as unknown as Ports;

let server: Server;
let sockets: MetricsSocket;
let url: string;
beforeEach(async () => {
  run.status = STATUS.started;
  run.points = [];
  server = createServer();
  const door = new Door(ports.config, () => Promise.resolve({ kind: 'foreign' }), new RequestRates(1));
  sockets = new MetricsSocket(ports);
  serveSockets(server, door, [sockets]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as { port: number }).port}/api/v1/metrics/ws/`;
});
afterEach(() => {
  sockets.close();
  server.close();
});

const add = (level: MetricPoint['level'], step: number, value: number, split: MetricPoint['split'] = 'train'): void => {
  const id = String(run.points.length + 1);
  run.points.push({ id, level, step, value, split, name: 'Accuracy', timestamp: new Date(2026, 0, 31, 10, 22, 5) });
};
const point = (step: number, value: number | null): object => ({
  step,
  value,
  timestamp: '2026-01-31T10:22:05.000000',
});

describe('live metrics', () => {
  it('come whole at first and then only what is new, until the run has ended', async () => {
    add('trial', 0, 0.5);
    add('last', 0, 0.9);
    const client = new WebSocket(`${url}7`);
    const messages: unknown[] = [];
    client.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString('utf8'))));
    const closed = once(client, 'close');
    await once(client, 'message');
    add('trial', 1, Infinity);
    add('epoch', 1, 0.25, 'validation');
    tell();
    await once(client, 'message');
    run.status = STATUS.finished;
    tell();
    expect((await closed)[0]).toBe(1000);
    expect(watchers.size).toBe(0);
    expect(messages).toEqual([
      { TRAIN: { TRIAL: { Accuracy: [point(0, 0.5)] } }, run_status: 'STARTED' },
      {
        TRAIN: { TRIAL: { Accuracy: [point(1, null)] } },
        VALIDATION: { EPOCH: { Accuracy: [point(1, 0.25)] } },
        run_status: 'STARTED',
      },
      { run_status: 'FINISHED' },
    ]);
  });

  it('of a run there is not end at once, with the reason', async () => {
    const client = new WebSocket(`${url}8`);
    const [code, reason] = (await once(client, 'close')) as [number, Buffer];
    expect([code, reason.toString('utf8')]).toEqual([1000, 'run-not-found']);
  });

  it.each([
    ['7', { headers: { origin: 'http://evil.com' } }, 403],
    ['7', { headers: { host: 'evil.com' } }, 421],
    ['x', {}, 404],
    ['7/../../job', {}, 404],
  ])('refuse %s with %o', async (path, options, status) => {
    const client = new WebSocket(url + path, options);
    const [, answer] = (await once(client, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(answer.statusCode).toBe(status);
    client.on('error', () => undefined).terminate();
  });

  it('of the machine come at once and again', async () => {
    const client = new WebSocket(url.replace('metrics/ws/', 'hardware/ws'));
    const [first] = (await once(client, 'message')) as [Buffer];
    const [second] = (await once(client, 'message')) as [Buffer];
    for (const message of [first, second]) {
      expect(Hardware.parse(JSON.parse(message.toString('utf8')))).toEqual(JSON.parse(message.toString('utf8')));
    }
    client.terminate();
  });

  it('drop a reader that sends too much', async () => {
    const client = new WebSocket(`${url}7`);
    await once(client, 'open');
    client.send('x'.repeat(2000));
    expect((await once(client, 'close'))[0]).toBe(1009);
  });
});
