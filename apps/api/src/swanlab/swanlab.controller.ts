import { Controller, Inject } from '@nestjs/common';

import { type InputOf, type Route, swanlabAddress, swanlabRoutes } from '#contract';
import {
  changeSwanChart, changeSwanExperiment, changeSwanProject, openSwanNamespace, type Ports, readSwanCharts, readSwanExperiment,
  readSwanLog, readSwanMedia, readSwanProject, readSwanProjectCharts, readSwanRequirements, readSwanStatus, readSwanSummaries,
  readSwanSummary, readSwanTag, removeSwanExperiment, removeSwanProject, showSwanExperiment, stopSwanExperiment, type SwanLabAt,
} from '#workflow'; // prettier-ignore

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

/** At the plain address, and below the project that is asked about. */
const alsoBelow = (route: Pick<Route, 'path'>) => ({ alsoAt: [swanlabAddress(route)] });
const at = ({ params }: { params: { projectSlug?: string | undefined } }, { caller }: Call): SwanLabAt => ({
  caller,
  projectSlug: params.projectSlug,
});

@Controller()
export class SwanLabController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(swanlabRoutes.project, alsoBelow(swanlabRoutes.project))
  project(input: InputOf<typeof swanlabRoutes.project>, call: Call) {
    return readSwanProject(this.ports, at(input, call));
  }

  @Implements(swanlabRoutes.summaries, alsoBelow(swanlabRoutes.summaries))
  summaries(input: InputOf<typeof swanlabRoutes.summaries>, call: Call) {
    return readSwanSummaries(this.ports, at(input, call), input.query.experiment_names);
  }

  @Implements(swanlabRoutes.projectCharts, alsoBelow(swanlabRoutes.projectCharts))
  projectCharts(input: InputOf<typeof swanlabRoutes.projectCharts>, call: Call) {
    return readSwanProjectCharts(this.ports, at(input, call));
  }

  @Implements(swanlabRoutes.changeProject, alsoBelow(swanlabRoutes.changeProject))
  changeProject(input: InputOf<typeof swanlabRoutes.changeProject>, call: Call) {
    return changeSwanProject(this.ports, at(input, call), input.body);
  }

  @Implements(swanlabRoutes.removeProject, alsoBelow(swanlabRoutes.removeProject))
  removeProject(input: InputOf<typeof swanlabRoutes.removeProject>, call: Call) {
    return removeSwanProject(this.ports, at(input, call));
  }

  @Implements(swanlabRoutes.experiment, alsoBelow(swanlabRoutes.experiment))
  experiment(input: InputOf<typeof swanlabRoutes.experiment>, call: Call) {
    return readSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.charts, alsoBelow(swanlabRoutes.charts))
  charts(input: InputOf<typeof swanlabRoutes.charts>, call: Call) {
    return readSwanCharts(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.tag, alsoBelow(swanlabRoutes.tag))
  tag(input: InputOf<typeof swanlabRoutes.tag>, call: Call) {
    return readSwanTag(this.ports, at(input, call), input.params.id, input.params.tag);
  }

  @Implements(swanlabRoutes.recentLog, alsoBelow(swanlabRoutes.recentLog))
  recentLog(input: InputOf<typeof swanlabRoutes.recentLog>, call: Call) {
    return readSwanLog(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.status, alsoBelow(swanlabRoutes.status))
  status(input: InputOf<typeof swanlabRoutes.status>, call: Call) {
    return readSwanStatus(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.summary, alsoBelow(swanlabRoutes.summary))
  summary(input: InputOf<typeof swanlabRoutes.summary>, call: Call) {
    return readSwanSummary(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.requirements, alsoBelow(swanlabRoutes.requirements))
  requirements(input: InputOf<typeof swanlabRoutes.requirements>, call: Call) {
    return readSwanRequirements(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.stop, alsoBelow(swanlabRoutes.stop))
  stop(input: InputOf<typeof swanlabRoutes.stop>, call: Call) {
    return stopSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.changeExperiment, alsoBelow(swanlabRoutes.changeExperiment))
  changeExperiment(input: InputOf<typeof swanlabRoutes.changeExperiment>, call: Call) {
    return changeSwanExperiment(this.ports, at(input, call), input.params.id, input.body);
  }

  @Implements(swanlabRoutes.show, alsoBelow(swanlabRoutes.show))
  show(input: InputOf<typeof swanlabRoutes.show>, call: Call) {
    return showSwanExperiment(this.ports, at(input, call), input.params.id, input.body.show);
  }

  @Implements(swanlabRoutes.removeExperiment, alsoBelow(swanlabRoutes.removeExperiment))
  removeExperiment(input: InputOf<typeof swanlabRoutes.removeExperiment>, call: Call) {
    return removeSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @Implements(swanlabRoutes.media, alsoBelow(swanlabRoutes.media))
  media(input: InputOf<typeof swanlabRoutes.media>, call: Call) {
    return readSwanMedia(this.ports, at(input, call), { ...input.query, file: input.params.file });
  }

  @Implements(swanlabRoutes.openNamespace, alsoBelow(swanlabRoutes.openNamespace))
  openNamespace(input: InputOf<typeof swanlabRoutes.openNamespace>, call: Call) {
    return openSwanNamespace(this.ports, at(input, call), input.params.id, input.body);
  }

  @Implements(swanlabRoutes.chartStatus, alsoBelow(swanlabRoutes.chartStatus))
  chartStatus(input: InputOf<typeof swanlabRoutes.chartStatus>, call: Call) {
    return changeSwanChart(this.ports, at(input, call), input.params.id, input.body.status);
  }
}
