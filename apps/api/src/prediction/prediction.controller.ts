import { Controller, Inject } from '@nestjs/common';

import { type InputOf, predictionRoutes } from '#contract';
import {
  checkPrediction,
  createPrediction,
  downloadPrediction,
  filterDatasets,
  listPredictions,
  predictionSplits,
  previewPrediction,
  removePrediction,
  summarisePrediction,
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
  preview({ form, files }: InputOf<typeof predictionRoutes.preview>, call: Call) {
    return previewPrediction(this.ports, { ...form, files }, call);
  }

  @Implements(predictionRoutes.check)
  check({ body }: InputOf<typeof predictionRoutes.check>, call: Call) {
    return checkPrediction(this.ports, body, call);
  }

  @Implements(predictionRoutes.download)
  download({ params }: InputOf<typeof predictionRoutes.download>) {
    return downloadPrediction(this.ports, params.id);
  }

  @Implements(predictionRoutes.summary)
  summary({ query }: InputOf<typeof predictionRoutes.summary>) {
    return summarisePrediction(this.ports, query.prediction_id);
  }

  @Implements(predictionRoutes.list)
  list({ query }: InputOf<typeof predictionRoutes.list>, { locale }: Call) {
    return listPredictions(this.ports, query, locale);
  }

  @Implements(predictionRoutes.create)
  create({ body }: InputOf<typeof predictionRoutes.create>, { locale }: Call) {
    return createPrediction(this.ports, body, locale);
  }

  @Implements(predictionRoutes.remove)
  remove({ params }: InputOf<typeof predictionRoutes.remove>) {
    return removePrediction(this.ports, params.id);
  }
}
