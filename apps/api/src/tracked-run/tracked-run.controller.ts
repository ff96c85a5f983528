import { Controller, Inject } from '@nestjs/common';

import { type InputOf, trackedRunRoutes as routes } from '#contract';
import {
  addTrackedPoints,
  changeTrackedRun,
  exportTrackedSeries,
  getTrackedRun,
  listTrackedProjects,
  listTrackedRuns,
  listTrackedSeries,
  openTrackedRun,
  type Ports,
  readTrackedLog,
  readTrackedPoints,
  removeTrackedRun,
  removeTrackedRuns,
  trackedParams,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class TrackedRunController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(routes.listProjects)
  listProjects(_input: InputOf<typeof routes.listProjects>, { caller }: Call) {
    return listTrackedProjects(this.ports, caller);
  }

  @Implements(routes.list)
  list({ query }: InputOf<typeof routes.list>, { caller }: Call) {
    return listTrackedRuns(this.ports, caller, query);
  }

  @Implements(routes.open)
  open({ body }: InputOf<typeof routes.open>, { caller }: Call) {
    return openTrackedRun(this.ports, caller, body);
  }

  @Implements(routes.removeMany)
  removeMany({ body }: InputOf<typeof routes.removeMany>, { caller }: Call) {
    return removeTrackedRuns(this.ports, caller, body.ids);
  }

  @Implements(routes.get)
  get({ params }: InputOf<typeof routes.get>, { caller }: Call) {
    return getTrackedRun(this.ports, caller, params.id);
  }

  @Implements(routes.change)
  change({ params, body }: InputOf<typeof routes.change>, { caller }: Call) {
    return changeTrackedRun(this.ports, caller, params.id, body);
  }

  @Implements(routes.remove)
  remove({ params }: InputOf<typeof routes.remove>, { caller }: Call) {
    return removeTrackedRun(this.ports, caller, params.id);
  }

  @Implements(routes.params)
  params({ params }: InputOf<typeof routes.params>, { caller }: Call) {
    return trackedParams(this.ports, caller, params.id);
  }

  @Implements(routes.log)
  log({ params, query }: InputOf<typeof routes.log>, { caller }: Call) {
    return readTrackedLog(this.ports, caller, params.id, query);
  }

  @Implements(routes.series)
  series({ params }: InputOf<typeof routes.series>, { caller }: Call) {
    return listTrackedSeries(this.ports, caller, params.id);
  }

  @Implements(routes.addPoints)
  addPoints({ params, body }: InputOf<typeof routes.addPoints>, { caller }: Call) {
    return addTrackedPoints(this.ports, caller, params.id, body.series);
  }

  @Implements(routes.points)
  points({ params, query }: InputOf<typeof routes.points>, { caller }: Call) {
    return readTrackedPoints(this.ports, caller, params, query);
  }

  @Implements(routes.exportSeries)
  exportSeries({ params }: InputOf<typeof routes.exportSeries>, { caller }: Call) {
    return exportTrackedSeries(this.ports, caller, params);
  }
}
