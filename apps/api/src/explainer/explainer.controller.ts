import { Controller, Inject } from '@nestjs/common';

import { type InputOf, explainerRoutes } from '#contract';
import {
  createGlobalExplainer,
  getGlobalExplanation,
  listGlobalExplainers,
  overrideGlobalExplainer,
  plotGlobalExplainer,
  removeGlobalExplainer,
  restoreGlobalExplainer,
  type Ports,
} from '#workflow';

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
  plotGlobal({ params }: InputOf<typeof explainerRoutes.plotGlobal>) {
    return plotGlobalExplainer(this.ports, params.id);
  }

  @Implements(explainerRoutes.getGlobal)
  getGlobal({ params }: InputOf<typeof explainerRoutes.getGlobal>) {
    return getGlobalExplanation(this.ports, params.id);
  }

  @Implements(explainerRoutes.removeGlobal)
  removeGlobal({ params }: InputOf<typeof explainerRoutes.removeGlobal>) {
    return removeGlobalExplainer(this.ports, params.id);
  }

  @Implements(explainerRoutes.override)
  override({ params, body }: InputOf<typeof explainerRoutes.override>) {
    return overrideGlobalExplainer(this.ports, params.id, body);
  }

  @Implements(explainerRoutes.restore)
  restore({ params }: InputOf<typeof explainerRoutes.restore>) {
    return restoreGlobalExplainer(this.ports, params.id, params.index);
  }
}
