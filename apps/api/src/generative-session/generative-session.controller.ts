import { Controller, Inject } from '@nestjs/common';

import { type InputOf, generativeSessionRoutes } from '#contract';
import {
  changeParameters,
  createGenerativeSession,
  getGenerativeSession,
  listGenerativeSessions,
  parameterChanges,
  parameterHistory,
  patchGenerativeSession,
  removeGenerativeSession,
  removeGenerativeSessions,
  type Ports,
} from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class GenerativeSessionController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(generativeSessionRoutes.changes)
  changes({ params }: InputOf<typeof generativeSessionRoutes.changes>) {
    return parameterChanges(this.ports, params.id);
  }

  @Implements(generativeSessionRoutes.history)
  history({ params }: InputOf<typeof generativeSessionRoutes.history>) {
    return parameterHistory(this.ports, params.id);
  }

  @Implements(generativeSessionRoutes.list)
  list({ query }: InputOf<typeof generativeSessionRoutes.list>) {
    return listGenerativeSessions(this.ports, query);
  }

  @Implements(generativeSessionRoutes.create)
  create({ body }: InputOf<typeof generativeSessionRoutes.create>) {
    return createGenerativeSession(this.ports, body);
  }

  @Implements(generativeSessionRoutes.get)
  get({ params }: InputOf<typeof generativeSessionRoutes.get>) {
    return getGenerativeSession(this.ports, params.id);
  }

  @Implements(generativeSessionRoutes.patch)
  patch({ params, query, body }: InputOf<typeof generativeSessionRoutes.patch>) {
    return patchGenerativeSession(this.ports, params.id, { ...query, ...body });
  }

  @Implements(generativeSessionRoutes.changeParameters)
  changeParameters({ params, body }: InputOf<typeof generativeSessionRoutes.changeParameters>) {
    return changeParameters(this.ports, params.id, body);
  }

  @Implements(generativeSessionRoutes.remove)
  remove({ params }: InputOf<typeof generativeSessionRoutes.remove>) {
    return removeGenerativeSession(this.ports, params.id);
  }

  @Implements(generativeSessionRoutes.removeMany)
  removeMany({ body }: InputOf<typeof generativeSessionRoutes.removeMany>) {
    return removeGenerativeSessions(this.ports, body.ids);
  }
}
