import { Controller, Inject } from '@nestjs/common';

import { VERSION } from '#config';
import { type FileAnswer, type InputOf, matyanProjectRoutes } from '#contract';
import { getPinned, matyanActivity, matyanParams, matyanProjectInfo, type Ports, putPinned } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';
import { prometheusText } from './ingestion-counts.js';

@Controller()
export class MatyanProjectController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanProjectRoutes.get)
  get(_input: InputOf<typeof matyanProjectRoutes.get>, { caller }: Call) {
    return matyanProjectInfo(this.ports, caller);
  }

  @Implements(matyanProjectRoutes.activity)
  activity(_input: InputOf<typeof matyanProjectRoutes.activity>, { caller, timezoneOffset }: Call) {
    return matyanActivity(this.ports, caller, timezoneOffset);
  }

  @Implements(matyanProjectRoutes.params)
  params({ query }: InputOf<typeof matyanProjectRoutes.params>, { caller }: Call) {
    return matyanParams(this.ports, caller, { sequences: query.sequence, excludeParams: query.exclude_params });
  }

  @Implements(matyanProjectRoutes.pinned)
  pinned(_input: InputOf<typeof matyanProjectRoutes.pinned>, { caller }: Call) {
    return getPinned(this.ports, caller);
  }

  @Implements(matyanProjectRoutes.pin)
  pin({ body }: InputOf<typeof matyanProjectRoutes.pin>, { caller }: Call) {
    return putPinned(this.ports, caller, body.sequences);
  }

  @Implements(matyanProjectRoutes.status)
  status() {
    return 'up-to-date' as const;
  }

  @Implements(matyanProjectRoutes.version)
  version() {
    return { version: VERSION, component: 'backend' } as const;
  }

  @Implements(matyanProjectRoutes.metrics)
  metrics(): FileAnswer {
    return { content: prometheusText(), filename: 'metrics.txt', mediaType: 'text/plain; version=0.0.4' };
  }
}
