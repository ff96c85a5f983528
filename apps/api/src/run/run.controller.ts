import { Controller, Inject } from '@nestjs/common';

import { type InputOf, runRoutes } from '#contract';
import {
  countOperations,
  createRun,
  foldMetrics,
  getRun,
  listRuns,
  modelArtifacts,
  outerAveragedMetrics,
  patchRun,
  plotRun,
  removeOperations,
  removeRun,
  resetRun,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class RunController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(runRoutes.list)
  list({ query }: InputOf<typeof runRoutes.list>) {
    return listRuns(this.ports, query);
  }

  @Implements(runRoutes.plot)
  plot({ params }: InputOf<typeof runRoutes.plot>, { locale }: Call) {
    return plotRun(this.ports, params.id, params.plotType, locale);
  }

  @Implements(runRoutes.create)
  create({ body }: InputOf<typeof runRoutes.create>) {
    return createRun(this.ports, body);
  }

  @Implements(runRoutes.get)
  get({ params }: InputOf<typeof runRoutes.get>) {
    return getRun(this.ports, params.id);
  }

  @Implements(runRoutes.patch)
  patch({ params, body }: InputOf<typeof runRoutes.patch>) {
    return patchRun(this.ports, params.id, body);
  }

  @Implements(runRoutes.reset)
  reset({ params }: InputOf<typeof runRoutes.reset>) {
    return resetRun(this.ports, params.id);
  }

  @Implements(runRoutes.remove)
  remove({ params }: InputOf<typeof runRoutes.remove>) {
    return removeRun(this.ports, params.id);
  }

  @Implements(runRoutes.foldMetrics)
  foldMetrics({ params, query }: InputOf<typeof runRoutes.foldMetrics>) {
    return foldMetrics(this.ports, params.id, query);
  }

  @Implements(runRoutes.outerFoldMetrics)
  outerFoldMetrics({ params, query }: InputOf<typeof runRoutes.outerFoldMetrics>) {
    return foldMetrics(this.ports, params.id, { ...query, scope: 'outer' });
  }

  @Implements(runRoutes.outerAveragedMetrics)
  outerAveragedMetrics({ params }: InputOf<typeof runRoutes.outerAveragedMetrics>) {
    return outerAveragedMetrics(this.ports, params.id);
  }

  @Implements(runRoutes.modelArtifacts)
  modelArtifacts({ params }: InputOf<typeof runRoutes.modelArtifacts>, { locale }: Call) {
    return modelArtifacts(this.ports, params.id, locale);
  }

  @Implements(runRoutes.countOperations)
  countOperations({ params }: InputOf<typeof runRoutes.countOperations>) {
    return countOperations(this.ports, params.id);
  }

  @Implements(runRoutes.removeOperations)
  removeOperations({ params }: InputOf<typeof runRoutes.removeOperations>) {
    return removeOperations(this.ports, params.id);
  }
}
