import { Controller, Inject } from '@nestjs/common';

import { type InputOf, modelSessionRoutes } from '#contract';
import { errorText } from '#i18n';
import {
  createModelSession,
  getModelSession,
  listModelSessions,
  patchModelSession,
  removeModelSession,
  removeModelSessions,
  validateModelSession,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class ModelSessionController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(modelSessionRoutes.list)
  list() {
    return listModelSessions(this.ports);
  }

  @Implements(modelSessionRoutes.validate)
  validate({ body }: InputOf<typeof modelSessionRoutes.validate>, call: Call) {
    return validateModelSession(this.ports, body, ({ code, values }) => errorText(code, values, call.locale));
  }

  @Implements(modelSessionRoutes.create)
  create({ body }: InputOf<typeof modelSessionRoutes.create>) {
    return createModelSession(this.ports, body);
  }

  @Implements(modelSessionRoutes.get)
  get({ params }: InputOf<typeof modelSessionRoutes.get>) {
    return getModelSession(this.ports, params.id);
  }

  @Implements(modelSessionRoutes.patch)
  patch({ params, query, body }: InputOf<typeof modelSessionRoutes.patch>) {
    return patchModelSession(this.ports, params.id, { ...query, ...body });
  }

  @Implements(modelSessionRoutes.remove)
  remove({ params }: InputOf<typeof modelSessionRoutes.remove>) {
    return removeModelSession(this.ports, params.id);
  }

  @Implements(modelSessionRoutes.removeMany)
  removeMany({ body }: InputOf<typeof modelSessionRoutes.removeMany>) {
    return removeModelSessions(this.ports, body.ids);
  }
}
