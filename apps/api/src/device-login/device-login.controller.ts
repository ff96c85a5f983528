import { Controller, Inject } from '@nestjs/common';

import { deviceLoginRoutes, type InputOf } from '#contract';
import { decideOnDevice, exchangeToken, pollDevice, type Ports, readDeviceLogin, startDeviceLogin } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class DeviceLoginController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(deviceLoginRoutes.start)
  start({ body }: InputOf<typeof deviceLoginRoutes.start>, { origin }: Call) {
    return startDeviceLogin(this.ports, body, origin);
  }

  @Implements(deviceLoginRoutes.poll)
  poll({ body }: InputOf<typeof deviceLoginRoutes.poll>) {
    return pollDevice(this.ports, body.device_secret_hash);
  }

  @Implements(deviceLoginRoutes.exchange)
  exchange(_input: InputOf<typeof deviceLoginRoutes.exchange>, { caller, bearer }: Call) {
    return exchangeToken(this.ports, caller, bearer);
  }

  @Implements(deviceLoginRoutes.read)
  read({ params }: InputOf<typeof deviceLoginRoutes.read>) {
    return readDeviceLogin(this.ports, params.code);
  }

  @Implements(deviceLoginRoutes.decide)
  decide({ params, body }: InputOf<typeof deviceLoginRoutes.decide>) {
    return decideOnDevice(this.ports, params.code, body);
  }
}
