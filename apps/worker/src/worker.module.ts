import { type DynamicModule, Inject, Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';

import type { Config, Logger } from '#config';
import { openPorts } from '#workflow';

import { JobWorker } from './worker.js';

const OPENED = Symbol('opened ports');
type Opened = Awaited<ReturnType<typeof openPorts>>;

/** The worker's place in Nest's life cycle: it starts when everything is there and stops before the doors close. */
@Injectable()
export class WorkerService implements OnApplicationBootstrap {
  private readonly worker: JobWorker;

  constructor(@Inject(OPENED) private readonly opened: Opened) {
    this.worker = new JobWorker(opened.ports);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
    await this.opened.close();
  }
}

@Module({})
export class WorkerModule {
  static over(config: Config, log: Logger): DynamicModule {
    const opened = {
      provide: OPENED,
      useFactory: () => openPorts(config, log, { applicationName: 'millrace-worker' }),
    };
    return { module: WorkerModule, providers: [opened, WorkerService] };
  }
}
