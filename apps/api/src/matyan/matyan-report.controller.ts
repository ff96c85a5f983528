import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanReportRoutes } from '#contract';
import { matyanReports, type Ports } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanReportController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanReportRoutes.list)
  list(_input: InputOf<typeof matyanReportRoutes.list>, { caller }: Call) {
    return matyanReports.list(this.ports, caller);
  }

  @Implements(matyanReportRoutes.create)
  create({ body }: InputOf<typeof matyanReportRoutes.create>, { caller }: Call) {
    return matyanReports.create(this.ports, caller, body);
  }

  @Implements(matyanReportRoutes.get)
  get({ params }: InputOf<typeof matyanReportRoutes.get>, { caller }: Call) {
    return matyanReports.get(this.ports, caller, params.id);
  }

  @Implements(matyanReportRoutes.change)
  change({ params, body }: InputOf<typeof matyanReportRoutes.change>, { caller }: Call) {
    return matyanReports.change(this.ports, caller, params.id, body);
  }

  @Implements(matyanReportRoutes.remove)
  remove({ params }: InputOf<typeof matyanReportRoutes.remove>, { caller }: Call) {
    return matyanReports.remove(this.ports, caller, params.id);
  }
}
