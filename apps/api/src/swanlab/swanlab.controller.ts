import { Controller, Inject } from '@nestjs/common';

import { type InputOf, type Route, swanlabAddress, swanlabRoutes as routes } from '#contract';
import {
  changeSwanChart, changeSwanExperiment, changeSwanProject, openSwanNamespace, type Ports, readSwanCharts, readSwanExperiment,
  readSwanLog, readSwanMedia, readSwanProject, readSwanProjectCharts, readSwanRequirements, readSwanStatus, readSwanSummaries,
  readSwanSummary, readSwanTag, removeSwanExperiment, removeSwanProject, showSwanExperiment, stopSwanExperiment, type SwanLabAt,
} from '#workflow'; // prettier-ignore

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

type In<K extends keyof typeof routes> = InputOf<(typeof routes)[K]>;
/** At the plain address, and below the project that is asked about. */
const AtProject = <R extends Route>(route: R): ReturnType<typeof Implements<R>> =>
  Implements(route, { alsoAt: [swanlabAddress(route)] });
const at = ({ params }: { params: { projectSlug?: string | undefined } }, { caller }: Call): SwanLabAt => ({
  caller,
  projectSlug: params.projectSlug,
});

@Controller()
export class SwanLabController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @AtProject(routes.project)
  project(input: In<'project'>, call: Call) {
    return readSwanProject(this.ports, at(input, call));
  }

  @AtProject(routes.summaries)
  summaries(input: In<'summaries'>, call: Call) {
    return readSwanSummaries(this.ports, at(input, call), input.query.experiment_names);
  }

  @AtProject(routes.projectCharts)
  projectCharts(input: In<'projectCharts'>, call: Call) {
    return readSwanProjectCharts(this.ports, at(input, call));
  }

  @AtProject(routes.changeProject)
  changeProject(input: In<'changeProject'>, call: Call) {
    return changeSwanProject(this.ports, at(input, call), input.body);
  }

  @AtProject(routes.removeProject)
  removeProject(input: In<'removeProject'>, call: Call) {
    return removeSwanProject(this.ports, at(input, call));
  }

  @AtProject(routes.experiment)
  experiment(input: In<'experiment'>, call: Call) {
    return readSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.charts)
  charts(input: In<'charts'>, call: Call) {
    return readSwanCharts(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.tag)
  tag(input: In<'tag'>, call: Call) {
    return readSwanTag(this.ports, at(input, call), input.params.id, input.params.tag);
  }

  @AtProject(routes.recentLog)
  recentLog(input: In<'recentLog'>, call: Call) {
    return readSwanLog(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.status)
  status(input: In<'status'>, call: Call) {
    return readSwanStatus(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.summary)
  summary(input: In<'summary'>, call: Call) {
    return readSwanSummary(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.requirements)
  requirements(input: In<'requirements'>, call: Call) {
    return readSwanRequirements(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.stop)
  stop(input: In<'stop'>, call: Call) {
    return stopSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.changeExperiment)
  changeExperiment(input: In<'changeExperiment'>, call: Call) {
    return changeSwanExperiment(this.ports, at(input, call), input.params.id, input.body);
  }

  @AtProject(routes.show)
  show(input: In<'show'>, call: Call) {
    return showSwanExperiment(this.ports, at(input, call), input.params.id, input.body.show);
  }

  @AtProject(routes.removeExperiment)
  removeExperiment(input: In<'removeExperiment'>, call: Call) {
    return removeSwanExperiment(this.ports, at(input, call), input.params.id);
  }

  @AtProject(routes.media)
  media(input: In<'media'>, call: Call) {
    return readSwanMedia(this.ports, at(input, call), { ...input.query, file: input.params.file });
  }

  @AtProject(routes.openNamespace)
  openNamespace(input: In<'openNamespace'>, call: Call) {
    return openSwanNamespace(this.ports, at(input, call), input.params.id, input.body);
  }

  @AtProject(routes.chartStatus)
  chartStatus(input: In<'chartStatus'>, call: Call) {
    return changeSwanChart(this.ports, at(input, call), input.params.id, input.body.status);
  }
}
