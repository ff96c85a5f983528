import { AppError, type Caller, type Locale } from '#contract';

import type { Call } from './call.js';

interface Flight {
  /** Settles when the read has ended, well or not. */
  readonly ended: Promise<unknown>;
  /** Those who came while it ran, and what they wait for. */
  next?: { readonly members: Call[]; readonly text: Promise<string> };
}

/**
 * Lets identical reads that arrive while one is running share the next one. Nobody ever gets an answer that was begun
 * before they asked, so a client still reads what it has just written; but a hundred tabs that poll the same address
 * cost two queries at a time. There is one reader of the data, so who asks makes no difference (the guard has let
 * everybody in by then).
 */
export class JoinedReads {
  private readonly flights = new Map<string, Flight>();

  /** @param key all that the answer depends on. */
  read(key: string, call: Call, run: (call: Call) => Promise<string>): Promise<string> {
    const flight = this.flights.get(key);
    if (!flight) return this.start(key, [call], run);
    if (flight.next) {
      flight.next.members.push(call);
      return flight.next.text;
    }
    const members = [call];
    const text = flight.ended.then(() => this.start(key, members, run));
    flight.next = { members, text };
    return text;
  }

  private start(key: string, members: readonly Call[], run: (call: Call) => Promise<string>): Promise<string> {
    const text = run(members.length === 1 ? members[0]! : new JoinedCall(members));
    const flight: Flight = {
      ended: text.then(
        () => this.leave(key, flight),
        () => this.leave(key, flight),
      ),
    };
    this.flights.set(key, flight);
    return text;
  }

  private leave(key: string, flight: Flight): void {
    if (!flight.next) this.flights.delete(key);
  }
}

/** Several calls as one; its signal says stop when the last of them has left. */
class JoinedCall implements Call {
  private controller: AbortController | undefined;

  constructor(private readonly members: readonly Call[]) {}

  /** Reads are joined for one caller only. */
  get caller(): Caller {
    return this.members[0]!.caller;
  }

  get origin(): string {
    return this.members[0]!.origin;
  }

  get bearer(): string | undefined {
    return this.members[0]!.bearer;
  }

  get requestId(): string {
    return this.members[0]!.requestId;
  }

  get locale(): Locale {
    return this.members[0]!.locale;
  }

  get lastEventId(): undefined {
    return undefined;
  }

  get timezoneOffset(): number {
    return this.members[0]!.timezoneOffset;
  }

  get signal(): AbortSignal {
    if (!this.controller) {
      const controller = new AbortController();
      this.controller = controller;
      let left = 0;
      const leave = (): void => {
        left++;
        if (left === this.members.length) controller.abort();
      };
      for (const { signal } of this.members) {
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave, { once: true });
      }
    }
    return this.controller.signal;
  }

  setCookie(): void {
    throw new AppError('internal');
  }
}
