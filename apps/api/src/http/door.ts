import type { IncomingMessage } from 'node:http';

import { AppError, type Caller, OPERATOR } from '#contract';
import type { TokenReading } from '#workflow';

import { type GuardSettings, type Knock, originRefusal, refusal, tokensEqual } from './guard.js';
import { pathTokenOf } from './path-token.js';
import { presentedToken } from './presented-token.js';
import type { RequestRates } from './request-rates.js';

/** Where somebody wants in. */
export interface Entrance {
  /** Needs no token. */
  readonly open: boolean;
  /** Events and WebSockets. */
  readonly live: boolean;
  /** A route of trackers' clients: access tokens open it, and it is rated. */
  readonly tracker: boolean;
}

/** Who was let in. */
export interface Visitor {
  readonly caller: Caller;
  /** What its requests and messages are counted under. */
  readonly rateKey: string;
}

/** The guard of every request and every WebSocket: who comes in, as whom, and how often. Its rules are in ADR 0006. */
export class Door {
  constructor(
    private readonly settings: GuardSettings,
    private readonly readToken: (token: string) => Promise<TokenReading>,
    private readonly rates: RequestRates,
  ) {}

  /** Who calls. @throws AppError, the refusal. */
  async admit(request: IncomingMessage, entrance: Entrance): Promise<Visitor> {
    const { method = 'GET', headers } = request;
    const knock: Knock = { method, headers, open: entrance.open, live: entrance.live };
    const bearer = await this.bearer(request, knock, entrance);
    if (bearer === undefined) {
      const refused = refusal(knock, this.settings);
      if (refused) throw refused;
    }
    const rateKey = bearer?.rateKey ?? `at ${request.socket.remoteAddress}`;
    if (entrance.tracker) this.rate(rateKey);
    return bearer ?? { caller: OPERATOR, rateKey };
  }

  /** One more message of a caller whose connection stays. @throws AppError `too-many-requests`. */
  rate(rateKey: string): void {
    const seconds = this.rates.take(rateKey);
    if (seconds > 0) throw new AppError('too-many-requests', { seconds });
  }

  /** The bearer of an access token; undefined when none is presented, or the operator's own. */
  private async bearer(
    request: IncomingMessage,
    knock: Knock,
    { open, tracker }: Entrance,
  ): Promise<Visitor | undefined> {
    const given = presentedToken(knock.headers, pathTokenOf(request));
    const { token } = this.settings;
    if (given === undefined) return undefined;
    if (given.from === 'bearer' && token !== undefined && tokensEqual(given.token, token)) return undefined;
    const reading = await this.readToken(given.token);
    if (reading.kind !== 'good') {
      // What says it is ours and is not good is refused everywhere, and so is what can be nothing but an access token. Any other
      // bearer is the plain guard's affair: without a token of the server it is open, whatever a client was made to send.
      if (!open && reading.kind === 'ended') throw new AppError('access-token-ended');
      if (!open && given.from !== 'bearer') throw new AppError('unauthorized');
      return undefined;
    }
    if (!tracker && !open) throw new AppError('forbidden');
    // A browser sends Basic by itself once it knows it; the other two no page can make it send.
    const refused = originRefusal(knock, this.settings, given.from !== 'basic');
    if (refused) throw refused;
    return { caller: reading.caller, rateKey: `token ${reading.tokenId}` };
  }
}
