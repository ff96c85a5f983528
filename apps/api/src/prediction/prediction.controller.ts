import { Controller, Inject } from '@nestjs/common';

import { type InputOf, predictionRoutes } from '#contract';
import {
  createPrediction,
  filterDatasets,
  listPredictions,
  predictionSplits,
  previewPrediction,
  removePrediction,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class PredictionController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(predictionRoutes.filterDatasets)
  filterDatasets({ query }: InputOf<typeof predictionRoutes.filterDatasets>) {
    return filterDatasets(this.ports, query);
  }

  @Implements(predictionRoutes.splits)
  splits({ params }: InputOf<typeof predictionRoutes.splits>) {
    return predictionSplits(this.ports, params.id);
  }

  @Implements(predictionRoutes.preview)
  preview({ form }: InputOf<typeof predictionRoutes.preview>, call: Call) {
    return previewPrediction(this.ports, form, call.requestId);
  }

  @Implements(predictionRoutes.list)
  list({ query }: InputOf<typeof predictionRoutes.list>) {
    return listPredictions(this.ports, query);
  }

  @Implements(predictionRoutes.create)
  create({ body }: InputOf<typeof predictionRoutes.create>) {
    return createPrediction(this.ports, body);
  }

  @Implements(predictionRoutes.remove)
  remove({ params }: InputOf<typeof predictionRoutes.remove>) {
    return removePrediction(this.ports, params.id);
  }
}
