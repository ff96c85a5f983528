import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanSearchRoutes as routes } from '#contract';
import {
  activeMatyanRuns,
  alignMatyanMetrics,
  matyanBlobs,
  matyanObjectBatch,
  matyanObjectStep,
  matyanRunLines,
  matyanRunRecords,
  type Ports,
  searchMatyanMetrics,
  searchMatyanObjects,
  searchMatyanRuns,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';
import { objectRanges, runsSearched } from './searched.js';

@Controller()
export class MatyanSearchController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(routes.runs)
  runs({ query }: InputOf<typeof routes.runs>, call: Call) {
    return searchMatyanRuns(this.ports, call, runsSearched(query));
  }

  @Implements(routes.metrics)
  metrics({ query }: InputOf<typeof routes.metrics>, call: Call) {
    return searchMatyanMetrics(this.ports, call, {
      query: query.q,
      points: query.p,
      xAxis: query.x_axis,
      chunk: query.trace_chunk_size,
      skipSystem: query.skip_system,
      progress: query.report_progress,
    });
  }

  @Implements(routes.align)
  align({ body }: InputOf<typeof routes.align>, call: Call) {
    return alignMatyanMetrics(this.ports, call, { axis: body.align_by, runs: body.runs });
  }

  @Implements(routes.objects)
  objects({ params, query }: InputOf<typeof routes.objects>, call: Call) {
    const asked = { query: query.q, skipSystem: query.skip_system, progress: query.report_progress };
    return searchMatyanObjects(this.ports, call, { ...params, ...asked, ...objectRanges(query) });
  }

  @Implements(routes.objectBatch)
  objectBatch({ params, query, body }: InputOf<typeof routes.objectBatch>, { caller }: Call) {
    const { id: hash, sequence } = params;
    return matyanObjectBatch(this.ports, caller, { hash, sequence, traces: body, ...objectRanges(query) });
  }

  @Implements(routes.objectStep)
  objectStep({ params, query, body }: InputOf<typeof routes.objectStep>, { caller }: Call) {
    const { id: hash, sequence } = params;
    const indexes = { indexes: query.index_range, indexDensity: query.index_density };
    return matyanObjectStep(this.ports, caller, { hash, sequence, traces: body, step: query.record_step, ...indexes });
  }

  @Implements(routes.blobs)
  blobs({ body }: InputOf<typeof routes.blobs>, { caller }: Call) {
    return matyanBlobs(this.ports, caller, body);
  }

  @Implements(routes.active)
  active({ query }: InputOf<typeof routes.active>, call: Call) {
    return activeMatyanRuns(this.ports, call, { progress: query.report_progress });
  }

  @Implements(routes.lines)
  lines({ params, query }: InputOf<typeof routes.lines>, { caller }: Call) {
    return matyanRunLines(this.ports, caller, { hash: params.id, range: query.record_range });
  }

  @Implements(routes.records)
  records({ params, query }: InputOf<typeof routes.records>, { caller }: Call) {
    return matyanRunRecords(this.ports, caller, { hash: params.id, range: query.record_range });
  }
}
