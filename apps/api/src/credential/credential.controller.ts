import { Controller, Inject } from '@nestjs/common';

import { credentialRoutes, type InputOf } from '#contract';
import { authenticateCredential, getCredential, listCredentials, type Ports, removeCredential } from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class CredentialController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(credentialRoutes.list)
  list() {
    return listCredentials(this.ports);
  }

  @Implements(credentialRoutes.get)
  get({ params }: InputOf<typeof credentialRoutes.get>) {
    return getCredential(this.ports, params.name);
  }

  @Implements(credentialRoutes.authenticate)
  authenticate({ params, body }: InputOf<typeof credentialRoutes.authenticate>) {
    return authenticateCredential(this.ports, params.name, body.key);
  }

  @Implements(credentialRoutes.remove)
  remove({ params }: InputOf<typeof credentialRoutes.remove>) {
    return removeCredential(this.ports, params.name);
  }
}
