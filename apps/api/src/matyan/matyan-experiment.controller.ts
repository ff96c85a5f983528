import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanExperimentRoutes } from '#contract';
import {
  changeExperiment,
  createExperiment,
  experimentActivity,
  experimentRuns,
  getExperiment,
  listExperiments,
  type Ports,
  removeExperiment,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanExperimentController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanExperimentRoutes.list)
  list(_input: InputOf<typeof matyanExperimentRoutes.list>, { caller }: Call) {
    return listExperiments(this.ports, caller);
  }

  @Implements(matyanExperimentRoutes.search)
  search({ query }: InputOf<typeof matyanExperimentRoutes.search>, { caller }: Call) {
    return listExperiments(this.ports, caller, query.q);
  }

  @Implements(matyanExperimentRoutes.create)
  create({ body }: InputOf<typeof matyanExperimentRoutes.create>, { caller }: Call) {
    return createExperiment(this.ports, caller, body.name);
  }

  @Implements(matyanExperimentRoutes.get)
  get({ params }: InputOf<typeof matyanExperimentRoutes.get>, { caller }: Call) {
    return getExperiment(this.ports, caller, params.id);
  }

  @Implements(matyanExperimentRoutes.change)
  change({ params, body }: InputOf<typeof matyanExperimentRoutes.change>, { caller }: Call) {
    return changeExperiment(this.ports, caller, params.id, body);
  }

  @Implements(matyanExperimentRoutes.remove)
  remove({ params }: InputOf<typeof matyanExperimentRoutes.remove>, { caller }: Call) {
    return removeExperiment(this.ports, caller, params.id);
  }

  @Implements(matyanExperimentRoutes.runs)
  runs({ params, query }: InputOf<typeof matyanExperimentRoutes.runs>, { caller }: Call) {
    return experimentRuns(this.ports, caller, params.id, { limit: query.limit, after: query.offset });
  }

  @Implements(matyanExperimentRoutes.activity)
  activity({ params }: InputOf<typeof matyanExperimentRoutes.activity>, { caller, timezoneOffset }: Call) {
    return experimentActivity(this.ports, caller, params.id, timezoneOffset);
  }
}
