import { Controller, Inject } from '@nestjs/common';

import { type InputOf, mlDashRoutes } from '#contract';
import {
  aggregateSeries, appendBatch, appendRow, appendTrack, appendTrackBatch, listMetrics, makeTrack, type Ports, readMetricChunk,
  readMetricData, readMetricStats, readRowBlocks, readTrackData, readTracks,
} from '#workflow'; // prettier-ignore

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

/** Metrics and tracks of ML-Dash's client. */
@Controller()
export class MlDashMetricController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(mlDashRoutes.metrics)
  metrics({ params }: InputOf<typeof mlDashRoutes.metrics>, { caller }: Call) {
    return listMetrics(this.ports, caller, params.experimentId);
  }

  @Implements(mlDashRoutes.append)
  append({ params, body }: InputOf<typeof mlDashRoutes.append>, { caller }: Call) {
    return appendRow(this.ports, caller, params, body);
  }

  @Implements(mlDashRoutes.appendBatch)
  appendBatch({ params, body }: InputOf<typeof mlDashRoutes.appendBatch>, { caller }: Call) {
    return appendBatch(this.ports, caller, params, body);
  }

  @Implements(mlDashRoutes.data)
  data({ params, query }: InputOf<typeof mlDashRoutes.data>, { caller }: Call) {
    return readMetricData(this.ports, caller, params, query);
  }

  @Implements(mlDashRoutes.rows)
  rows({ params, query }: InputOf<typeof mlDashRoutes.rows>, { caller }: Call) {
    return readRowBlocks(this.ports, caller, params, query);
  }

  @Implements(mlDashRoutes.stats)
  stats({ params }: InputOf<typeof mlDashRoutes.stats>, { caller }: Call) {
    return readMetricStats(this.ports, caller, params);
  }

  @Implements(mlDashRoutes.chunk)
  chunk({ params }: InputOf<typeof mlDashRoutes.chunk>, { caller }: Call) {
    return readMetricChunk(this.ports, caller, params);
  }

  @Implements(mlDashRoutes.aggregate)
  aggregate({ body }: InputOf<typeof mlDashRoutes.aggregate>, { caller }: Call) {
    return aggregateSeries(this.ports, caller, body);
  }

  @Implements(mlDashRoutes.tracks)
  tracks({ params, query }: InputOf<typeof mlDashRoutes.tracks>, { caller }: Call) {
    return readTracks(this.ports, caller, params.experimentId, query.topic);
  }

  @Implements(mlDashRoutes.makeTrack)
  makeTrack({ params, body }: InputOf<typeof mlDashRoutes.makeTrack>, { caller }: Call) {
    return makeTrack(this.ports, caller, params.experimentId, body);
  }

  @Implements(mlDashRoutes.appendTrack)
  appendTrack({ params, body }: InputOf<typeof mlDashRoutes.appendTrack>, { caller }: Call) {
    return appendTrack(this.ports, caller, params, body);
  }

  @Implements(mlDashRoutes.appendTrackBatch)
  appendTrackBatch({ params, body }: InputOf<typeof mlDashRoutes.appendTrackBatch>, { caller }: Call) {
    return appendTrackBatch(this.ports, caller, params, body);
  }

  @Implements(mlDashRoutes.trackData)
  trackData({ params, query }: InputOf<typeof mlDashRoutes.trackData>, call: Call) {
    return readTrackData(this.ports, call, params, query);
  }
}
