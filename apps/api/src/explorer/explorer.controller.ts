import { Controller, Inject } from '@nestjs/common';

import { type InputOf, explorerRoutes } from '#contract';
import {
  createExplorer,
  explorerResults,
  getExplorer,
  listExplorers,
  overrideExplorer,
  patchExplorer,
  removeExplorer,
  restoreExplorer,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class ExplorerController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(explorerRoutes.list)
  list({ query }: InputOf<typeof explorerRoutes.list>) {
    return listExplorers(this.ports, query);
  }

  @Implements(explorerRoutes.create)
  create({ body }: InputOf<typeof explorerRoutes.create>) {
    return createExplorer(this.ports, body);
  }

  @Implements(explorerRoutes.get)
  get({ params }: InputOf<typeof explorerRoutes.get>) {
    return getExplorer(this.ports, params.id);
  }

  @Implements(explorerRoutes.patch)
  patch({ params, body }: InputOf<typeof explorerRoutes.patch>) {
    return patchExplorer(this.ports, params.id, body);
  }

  @Implements(explorerRoutes.remove)
  remove({ params }: InputOf<typeof explorerRoutes.remove>) {
    return removeExplorer(this.ports, params.id);
  }

  @Implements(explorerRoutes.results)
  results({ params }: InputOf<typeof explorerRoutes.results>, { locale }: Call) {
    return explorerResults(this.ports, params.id, locale);
  }

  @Implements(explorerRoutes.override)
  override({ params, body }: InputOf<typeof explorerRoutes.override>) {
    return overrideExplorer(this.ports, params.id, body);
  }

  @Implements(explorerRoutes.restore)
  restore({ params }: InputOf<typeof explorerRoutes.restore>) {
    return restoreExplorer(this.ports, params.id, params.index);
  }
}
