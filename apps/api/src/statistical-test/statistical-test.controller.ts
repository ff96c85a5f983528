import { Controller, Inject } from '@nestjs/common';

import { type InputOf, statisticalTestRoutes } from '#contract';
import { listTests, removeTest, saveTests, testRuns, type Ports } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class StatisticalTestController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(statisticalTestRoutes.run)
  run({ body }: InputOf<typeof statisticalTestRoutes.run>, call: Call) {
    return testRuns(this.ports, body, call.requestId);
  }

  @Implements(statisticalTestRoutes.save)
  save({ body }: InputOf<typeof statisticalTestRoutes.save>) {
    return saveTests(this.ports, body);
  }

  @Implements(statisticalTestRoutes.saved)
  saved({ query }: InputOf<typeof statisticalTestRoutes.saved>) {
    return listTests(this.ports, query);
  }

  @Implements(statisticalTestRoutes.remove)
  remove({ params }: InputOf<typeof statisticalTestRoutes.remove>) {
    return removeTest(this.ports, params.id);
  }
}
