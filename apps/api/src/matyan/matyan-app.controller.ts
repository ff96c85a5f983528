import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanAppRoutes } from '#contract';
import { matyanApps, type Ports } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanAppController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanAppRoutes.list)
  list(_input: InputOf<typeof matyanAppRoutes.list>, { caller }: Call) {
    return matyanApps.list(this.ports, caller);
  }

  @Implements(matyanAppRoutes.create)
  create({ body }: InputOf<typeof matyanAppRoutes.create>, { caller }: Call) {
    return matyanApps.create(this.ports, caller, body);
  }

  @Implements(matyanAppRoutes.get)
  get({ params }: InputOf<typeof matyanAppRoutes.get>, { caller }: Call) {
    return matyanApps.get(this.ports, caller, params.id);
  }

  @Implements(matyanAppRoutes.change)
  change({ params, body }: InputOf<typeof matyanAppRoutes.change>, { caller }: Call) {
    return matyanApps.change(this.ports, caller, params.id, body);
  }

  @Implements(matyanAppRoutes.remove)
  remove({ params }: InputOf<typeof matyanAppRoutes.remove>, { caller }: Call) {
    return matyanApps.remove(this.ports, caller, params.id);
  }
}
