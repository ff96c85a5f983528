import { Controller, Inject } from '@nestjs/common';

import { accessTokenRoutes, type InputOf } from '#contract';
import { createAccessToken, listAccessTokens, revokeAccessToken, type Ports } from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class AccessTokenController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(accessTokenRoutes.list)
  list() {
    return listAccessTokens(this.ports);
  }

  @Implements(accessTokenRoutes.create)
  create({ body: { name, owner, project_id: projectId, days } }: InputOf<typeof accessTokenRoutes.create>) {
    return createAccessToken(this.ports, { name, owner, projectId, days });
  }

  @Implements(accessTokenRoutes.revoke)
  revoke({ params }: InputOf<typeof accessTokenRoutes.revoke>) {
    return revokeAccessToken(this.ports, params.id);
  }
}
