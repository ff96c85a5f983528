import { Controller, Inject } from '@nestjs/common';

import { AppError, type InputOf, signInRoutes } from '#contract';
import type { Ports } from '#workflow';

import type { Call } from '../http/call.js';
import { tokensEqual } from '../http/guard.js';
import { Implements } from '../http/implements.decorator.js';
import { endedSession, newSession } from '../http/session-cookie.js';
import { PORTS } from '../ports.js';

/** Trades the token for a cookie; on an open server there is nothing to trade. */
@Controller()
export class SignInController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(signInRoutes.signIn)
  signIn({ body }: InputOf<typeof signInRoutes.signIn>, call: Call) {
    const { token } = this.ports.config;
    if (token === undefined) return null;
    if (!tokensEqual(body.token, token)) throw new AppError('unauthorized');
    call.setCookie(newSession(token, new Date()));
    return null;
  }

  @Implements(signInRoutes.signOut)
  signOut(_input: InputOf<typeof signInRoutes.signOut>, call: Call) {
    call.setCookie(endedSession);
    return null;
  }
}
