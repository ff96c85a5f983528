import { Controller, Inject } from '@nestjs/common';

import { type InputOf, pluginRoutes } from '#contract';
import {
  changePlugin,
  getPlugin,
  indexPlugins,
  listPlugins,
  type Ports,
  registerPlugins,
  removePlugin,
  upgradePlugin,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class PluginController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(pluginRoutes.index)
  index() {
    return indexPlugins(this.ports);
  }

  @Implements(pluginRoutes.list)
  list({ query }: InputOf<typeof pluginRoutes.list>) {
    return listPlugins(this.ports, query);
  }

  @Implements(pluginRoutes.register)
  register({ body }: InputOf<typeof pluginRoutes.register>) {
    return registerPlugins(this.ports, body);
  }

  @Implements(pluginRoutes.get)
  get({ params }: InputOf<typeof pluginRoutes.get>) {
    return getPlugin(this.ports, params.id);
  }

  @Implements(pluginRoutes.change)
  change({ params, body }: InputOf<typeof pluginRoutes.change>, { requestId }: Call) {
    return changePlugin(this.ports, params.id, body.new_status, requestId);
  }

  @Implements(pluginRoutes.upgrade)
  upgrade({ params }: InputOf<typeof pluginRoutes.upgrade>, { requestId }: Call) {
    return upgradePlugin(this.ports, params.id, requestId);
  }

  @Implements(pluginRoutes.remove)
  remove({ params }: InputOf<typeof pluginRoutes.remove>) {
    return removePlugin(this.ports, params.id);
  }
}
