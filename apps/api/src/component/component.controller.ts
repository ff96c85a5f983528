import { Controller, Inject } from '@nestjs/common';

import { type InputOf, componentRoutes } from '#contract';
import { downloadState, getComponent, listChildren, listComponents, type Ports } from '#workflow';

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
}
