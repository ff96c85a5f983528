import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, vi } from 'vitest';

import { Experiment, type ExperimentOptions } from '../experiment/experiment.js';
import { FakeServer } from './server.fixture.js';

/** A server and a home for each test, short pauses, and what was told on standard error. */
export class RemoteTest {
  server = new FakeServer();
  home = '';
  told: string[] = [];

  constructor() {
    beforeEach(async () => {
      this.server = new FakeServer();
      await this.server.start();
      this.home = await mkdtemp(join(tmpdir(), 'millrace-sdk-remote-'));
      vi.stubEnv('ML_DASH_HOME', this.home);
      vi.stubEnv('ML_DASH_RETRY_BASE_DELAY', '0.01');
      vi.stubEnv('ML_DASH_RETRY_MAX_DELAY', '0.05');
      this.told = [];
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => this.told.push(String(text)) > 0);
    });
    afterEach(async () => {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
      await this.server.stop();
      await rm(this.home, { recursive: true, force: true });
    });
  }

  readonly experiment = (options: ExperimentOptions = {}, name = 'first'): Experiment =>
    new Experiment(`ann/digits/cnn/${name}`, { dashUrl: this.server.url, dashRoot: null, echo: false, ...options });

  readonly losses = (metric = 'train'): unknown[] => this.server.rows(metric).map(({ loss }) => loss);

  /** Files that wait, of all runs. */
  readonly waiting = (): string[] => spoolFiles(this.home);
}

/** Files of a home that wait to be sent, below its spool. */
export function spoolFiles(home: string): string[] {
  const spool = join(home, 'spool');
  if (!existsSync(spool)) return [];
  return readdirSync(spool, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));
}

export const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index);

export const log = (exp: Experiment, from: number, to: number): void => {
  for (let loss = from; loss < to; loss += 1) exp.metrics('train').log({ loss });
};
