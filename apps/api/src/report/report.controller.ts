import { Controller, Inject } from '@nestjs/common';

import { type InputOf, reportRoutes } from '#contract';
import {
  createReport,
  listReports,
  overrideReport,
  removeReport,
  reportArtifacts,
  restoreReport,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class ReportController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(reportRoutes.list)
  list({ query }: InputOf<typeof reportRoutes.list>) {
    return listReports(this.ports, query);
  }

  @Implements(reportRoutes.create)
  create({ body }: InputOf<typeof reportRoutes.create>) {
    return createReport(this.ports, body);
  }

  @Implements(reportRoutes.artifacts)
  artifacts({ params }: InputOf<typeof reportRoutes.artifacts>, { locale }: Call) {
    return reportArtifacts(this.ports, params.id, locale);
  }

  @Implements(reportRoutes.override)
  override({ params, body }: InputOf<typeof reportRoutes.override>) {
    return overrideReport(this.ports, params.id, body);
  }

  @Implements(reportRoutes.restore)
  restore({ params }: InputOf<typeof reportRoutes.restore>) {
    return restoreReport(this.ports, params.id, params.index);
  }

  @Implements(reportRoutes.remove)
  remove({ params }: InputOf<typeof reportRoutes.remove>) {
    return removeReport(this.ports, params.id);
  }
}
