import { Controller, Inject } from '@nestjs/common';

import { AppError, type InputOf, componentRoutes } from '#contract';
import {
  downloadState,
  drawComponent,
  getComponent,
  listChildren,
  listComponents,
  type Ports,
  removeDownload,
  requiredDownloads,
  startDownload,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class ComponentController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(componentRoutes.list)
  list({ query }: InputOf<typeof componentRoutes.list>) {
    return listComponents(this.ports, query);
  }

  @Implements(componentRoutes.get)
  get({ params }: InputOf<typeof componentRoutes.get>) {
    return getComponent(this.ports, params.name);
  }

  @Implements(componentRoutes.children)
  children({ params, query }: InputOf<typeof componentRoutes.children>) {
    return listChildren(this.ports, params.name, query.recursive);
  }

  @Implements(componentRoutes.downloadState)
  downloadState({ params }: InputOf<typeof componentRoutes.downloadState>) {
    return downloadState(this.ports, params.name);
  }

  @Implements(componentRoutes.startDownload)
  startDownload({ params }: InputOf<typeof componentRoutes.startDownload>, { requestId }: Call) {
    return startDownload(this.ports, params.name, requestId);
  }

  @Implements(componentRoutes.removeDownload)
  removeDownload({ params }: InputOf<typeof componentRoutes.removeDownload>) {
    return removeDownload(this.ports, params.name);
  }

  @Implements(componentRoutes.requiredDownloads)
  requiredDownloads({ body }: InputOf<typeof componentRoutes.requiredDownloads>) {
    return requiredDownloads(this.ports, body);
  }

  @Implements(componentRoutes.image)
  image({ params }: InputOf<typeof componentRoutes.image>, { locale }: Call) {
    return drawComponent(this.ports, params.name, locale);
  }

  @Implements(componentRoutes.create)
  create(): null {
    throw new AppError('not-implemented');
  }

  @Implements(componentRoutes.change)
  change(): null {
    throw new AppError('not-implemented');
  }

  @Implements(componentRoutes.remove)
  remove(): null {
    throw new AppError('not-implemented');
  }
}
