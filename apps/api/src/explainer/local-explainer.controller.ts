import { Controller, Inject } from '@nestjs/common';

import { type InputOf, localExplainerRoutes } from '#contract';
import {
  createLocalExplainer,
  explainableSplits,
  getExplanation,
  listLocalExplainers,
  plotExplainer,
  removeExplainer,
  validateDataset,
  validDatasets,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class LocalExplainerController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(localExplainerRoutes.list)
  list({ query }: InputOf<typeof localExplainerRoutes.list>) {
    return listLocalExplainers(this.ports, query);
  }

  @Implements(localExplainerRoutes.create)
  create({ body }: InputOf<typeof localExplainerRoutes.create>) {
    return createLocalExplainer(this.ports, body);
  }

  @Implements(localExplainerRoutes.plot)
  plot({ params }: InputOf<typeof localExplainerRoutes.plot>, { locale }: Call) {
    return plotExplainer(this.ports, 'local', params.id, locale);
  }

  @Implements(localExplainerRoutes.validateDataset)
  validateDataset({ body }: InputOf<typeof localExplainerRoutes.validateDataset>) {
    return validateDataset(this.ports, body);
  }

  @Implements(localExplainerRoutes.validDatasets)
  validDatasets({ body }: InputOf<typeof localExplainerRoutes.validDatasets>) {
    return validDatasets(this.ports, body);
  }

  @Implements(localExplainerRoutes.get)
  get({ params }: InputOf<typeof localExplainerRoutes.get>) {
    return getExplanation(this.ports, 'local', params.id);
  }

  @Implements(localExplainerRoutes.remove)
  remove({ params }: InputOf<typeof localExplainerRoutes.remove>) {
    return removeExplainer(this.ports, 'local', params.id);
  }

  @Implements(localExplainerRoutes.explainableSplits)
  explainableSplits({ params }: InputOf<typeof localExplainerRoutes.explainableSplits>) {
    return explainableSplits(this.ports, params.id);
  }
}
