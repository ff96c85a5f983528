import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanRunRoutes } from '#contract';
import {
  archiveMatyanRuns,
  changeMatyanRun,
  clearMatyanTombstone,
  finishMatyanRuns,
  matyanMetricBatch,
  matyanRunInfo,
  type Ports,
  removeMatyanRun,
  removeMatyanRuns,
  tagMatyanRun,
  untagMatyanRun,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanRunController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanRunRoutes.info)
  info({ params, query }: InputOf<typeof matyanRunRoutes.info>, { caller }: Call) {
    return matyanRunInfo(this.ports, caller, {
      hash: params.id,
      skipSystem: query.skip_system,
      sequences: query.sequence,
    });
  }

  @Implements(matyanRunRoutes.change)
  change({ params, body }: InputOf<typeof matyanRunRoutes.change>, { caller }: Call) {
    return changeMatyanRun(this.ports, caller, params.id, body);
  }

  @Implements(matyanRunRoutes.remove)
  remove({ params }: InputOf<typeof matyanRunRoutes.remove>, { caller }: Call) {
    return removeMatyanRun(this.ports, caller, params.id);
  }

  @Implements(matyanRunRoutes.removeBatch)
  removeBatch({ body }: InputOf<typeof matyanRunRoutes.removeBatch>, { caller }: Call) {
    return removeMatyanRuns(this.ports, caller, body);
  }

  @Implements(matyanRunRoutes.finishBatch)
  finishBatch({ body }: InputOf<typeof matyanRunRoutes.finishBatch>, { caller }: Call) {
    return finishMatyanRuns(this.ports, caller, body);
  }

  @Implements(matyanRunRoutes.archiveBatch)
  archiveBatch({ query, body }: InputOf<typeof matyanRunRoutes.archiveBatch>, { caller }: Call) {
    return archiveMatyanRuns(this.ports, caller, { hashes: body, archived: query.archive });
  }

  @Implements(matyanRunRoutes.clearTombstone)
  clearTombstone({ params }: InputOf<typeof matyanRunRoutes.clearTombstone>, { caller }: Call) {
    return clearMatyanTombstone(this.ports, caller, params.id);
  }

  @Implements(matyanRunRoutes.addTag)
  addTag({ params, body }: InputOf<typeof matyanRunRoutes.addTag>, { caller }: Call) {
    return tagMatyanRun(this.ports, caller, params.id, body.tag_name);
  }

  @Implements(matyanRunRoutes.removeTag)
  removeTag({ params }: InputOf<typeof matyanRunRoutes.removeTag>, { caller }: Call) {
    return untagMatyanRun(this.ports, caller, params.id, params.tag_id);
  }

  @Implements(matyanRunRoutes.metricBatch)
  metricBatch({ params, query, body }: InputOf<typeof matyanRunRoutes.metricBatch>, { caller }: Call) {
    return matyanMetricBatch(this.ports, caller, {
      hash: params.id,
      traces: body,
      range: query.record_range,
      density: query.record_density,
    });
  }
}
