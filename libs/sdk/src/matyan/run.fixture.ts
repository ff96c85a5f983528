import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, vi } from 'vitest';

import { spoolFiles } from '../remote/remote.fixture.js';
import { Run, type RunOptions } from './run.js';
import { FakeMatyan } from './server.fixture.js';

/** A server and a home for each test, and short pauses. */
export class RunTest {
  server = new FakeMatyan();
  home = '';

  constructor() {
    beforeEach(async () => {
      this.server = new FakeMatyan();
      await this.server.start();
      this.home = await mkdtemp(join(tmpdir(), 'millrace-sdk-run-'));
      vi.stubEnv('ML_DASH_HOME', this.home);
      vi.stubEnv('ML_DASH_RETRY_BASE_DELAY', '0.01');
      vi.stubEnv('ML_DASH_RETRY_MAX_DELAY', '0.05');
    });
    afterEach(async () => {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
      await this.server.stop();
      await rm(this.home, { recursive: true, force: true });
    });
  }

  readonly opened = (options: RunOptions = {}): Run =>
    new Run({ repo: this.server.url, captureTerminalLogs: false, ...options });

  /** Files that wait, of all runs. */
  readonly waiting = (): string[] => spoolFiles(this.home);
}
