import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanDashboardRoutes } from '#contract';
import { matyanDashboards, type Ports } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanDashboardController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanDashboardRoutes.list)
  list(_input: InputOf<typeof matyanDashboardRoutes.list>, { caller }: Call) {
    return matyanDashboards.list(this.ports, caller);
  }

  @Implements(matyanDashboardRoutes.create)
  create({ body }: InputOf<typeof matyanDashboardRoutes.create>, { caller }: Call) {
    return matyanDashboards.create(this.ports, caller, body);
  }

  @Implements(matyanDashboardRoutes.get)
  get({ params }: InputOf<typeof matyanDashboardRoutes.get>, { caller }: Call) {
    return matyanDashboards.get(this.ports, caller, params.id);
  }

  @Implements(matyanDashboardRoutes.change)
  change({ params, body }: InputOf<typeof matyanDashboardRoutes.change>, { caller }: Call) {
    return matyanDashboards.change(this.ports, caller, params.id, body);
  }

  @Implements(matyanDashboardRoutes.remove)
  remove({ params }: InputOf<typeof matyanDashboardRoutes.remove>, { caller }: Call) {
    return matyanDashboards.remove(this.ports, caller, params.id);
  }
}
