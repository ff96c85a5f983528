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
const Serves = <R extends Route>(route: R) => Implements(route, { alsoAt: [swanlabAddress(route)] });
const at = ({ params }: { params: { projectSlug?: string | undefined } }, { caller }: Call): SwanLabAt => ({
  caller,
  projectSlug: params.projectSlug,
});

@Controller()
export class SwanLabController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Serves(swanlabRoutes.project)
  project(input: InputOf<typeof swanlabRoutes.project>, call: Call) {
    return readSwanProject(this.ports, at(input, call));
  }

  @Serves(swanlabRoutes.summaries)
  summaries(input: InputOf<typeof swanlabRoutes.summaries>, call: Call) {
    return readSwanSummaries(this.ports, at(input, call), input.query.experiment_names);
  }

  @Serves(swanlabRoutes.projectCharts)
  projectCharts(input: InputOf<typeof swanlabRoutes.projectCharts>, call: Call) {
    return readSwanProjectCharts(this.ports, at(input, call));
  }

  @Serves(swanlabRoutes.changeProject)
  changeProject(input: InputOf<typeof swanlabRoutes.changeProject>, call: Call) {
    return changeSwanProject(this.ports, at(input, call), input.body);
  }

  @Serves(swanlabRoutes.removeProject)
  removeProject(input: InputOf<typeof swanlabRoutes.removeProject>, call: Call) {
    return removeSwanProject(this.ports, at(input, call));
  }

  @Serves(swanlabRoutes.experiment)
  experiment(input: InputOf<typeof swanlabRoutes.experiment>, call: Call) {
    return readSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.charts)
  charts(input: InputOf<typeof swanlabRoutes.charts>, call: Call) {
    return readSwanCharts(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.tag)
  tag(input: InputOf<typeof swanlabRoutes.tag>, call: Call) {
    return readSwanTag(this.ports, at(input, call), input.params.id, input.params.tag);
  }

  @Serves(swanlabRoutes.recentLog)
  recentLog(input: InputOf<typeof swanlabRoutes.recentLog>, call: Call) {
    return readSwanLog(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.status)
  status(input: InputOf<typeof swanlabRoutes.status>, call: Call) {
    return readSwanStatus(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.summary)
  summary(input: InputOf<typeof swanlabRoutes.summary>, call: Call) {
    return readSwanSummary(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.requirements)
  requirements(input: InputOf<typeof swanlabRoutes.requirements>, call: Call) {
    return readSwanRequirements(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.stop)
  stop(input: InputOf<typeof swanlabRoutes.stop>, call: Call) {
    return stopSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.changeExperiment)
  changeExperiment(input: InputOf<typeof swanlabRoutes.changeExperiment>, call: Call) {
    return changeSwanExperiment(this.ports, at(input, call), input.params.id, input.body);
  }

  @Serves(swanlabRoutes.show)
  show(input: InputOf<typeof swanlabRoutes.show>, call: Call) {
    return showSwanExperiment(this.ports, at(input, call), input.params.id, input.body.show);
  }

  @Serves(swanlabRoutes.removeExperiment)
  removeExperiment(input: InputOf<typeof swanlabRoutes.removeExperiment>, call: Call) {
    return removeSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @Serves(swanlabRoutes.media)
  media(input: InputOf<typeof swanlabRoutes.media>, call: Call) {
    return readSwanMedia(this.ports, at(input, call), { ...input.query, file: input.params.file });
  }

  @Serves(swanlabRoutes.openNamespace)
  openNamespace(input: InputOf<typeof swanlabRoutes.openNamespace>, call: Call) {
    return openSwanNamespace(this.ports, at(input, call), input.params.id, input.body);
  }

  @Serves(swanlabRoutes.chartStatus)
  chartStatus(input: InputOf<typeof swanlabRoutes.chartStatus>, call: Call) {
    return changeSwanChart(this.ports, at(input, call), input.params.id, input.body.status);
  }
}
