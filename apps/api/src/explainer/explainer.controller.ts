import { Controller, Inject } from '@nestjs/common';

import { AppError, type InputOf, explainerRoutes } from '#contract';
import {
  createGlobalExplainer,
  getExplanation,
  listGlobalExplainers,
  overrideExplainer,
  plotExplainer,
  removeExplainer,
  restoreExplainer,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class ExplainerController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(explainerRoutes.listGlobal)
  listGlobal({ query }: InputOf<typeof explainerRoutes.listGlobal>) {
    return listGlobalExplainers(this.ports, query);
  }

  @Implements(explainerRoutes.createGlobal)
  createGlobal({ body }: InputOf<typeof explainerRoutes.createGlobal>) {
    return createGlobalExplainer(this.ports, body);
  }

  @Implements(explainerRoutes.plotGlobal)
  plotGlobal({ params }: InputOf<typeof explainerRoutes.plotGlobal>, { locale }: Call) {
    return plotExplainer(this.ports, 'global', params.id, locale);
  }

  @Implements(explainerRoutes.getGlobal)
  getGlobal({ params }: InputOf<typeof explainerRoutes.getGlobal>) {
    return getExplanation(this.ports, 'global', params.id);
  }

  @Implements(explainerRoutes.removeGlobal)
  removeGlobal({ params }: InputOf<typeof explainerRoutes.removeGlobal>) {
    return removeExplainer(this.ports, 'global', params.id);
  }

  @Implements(explainerRoutes.override)
  override({ params, body }: InputOf<typeof explainerRoutes.override>) {
    return overrideExplainer(this.ports, params, body);
  }

  @Implements(explainerRoutes.restore)
  restore({ params }: InputOf<typeof explainerRoutes.restore>) {
    return restoreExplainer(this.ports, params);
  }

  @Implements(explainerRoutes.patch)
  patch(): null {
    throw new AppError('not-implemented');
  }
}
