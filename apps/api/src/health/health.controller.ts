import { Controller, Inject } from '@nestjs/common';

import { VERSION } from '#config';
import { healthRoutes } from '#contract';
import { checkReady, type Ports } from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

const alive = { status: 'ok', version: VERSION } as const;

@Controller()
export class HealthController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(healthRoutes.live, { alsoAt: ['/health/live'] })
  live() {
    return alive;
  }

  @Implements(healthRoutes.ready, { alsoAt: ['/health/ready'] })
  ready() {
    return checkReady(this.ports);
  }

  @Implements(healthRoutes.health, { alsoAt: ['/health'] })
  health() {
    return alive;
  }
}
