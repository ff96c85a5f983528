import { type CostReason, QueryError } from './query-error.js';

/** What a query may use up; a step is about a tenth of a microsecond. */
export interface QueryLimits {
  /** Steps for one candidate. */
  readonly candidateSteps: number;
  /** Steps for all candidates of a search together. */
  readonly steps: number;
  /** Milliseconds for one candidate, should steps be slower than they ought to be. */
  readonly candidateTime: number;
}
/** A candidate of an ordinary query takes some dozens of steps. */
export const QUERY_LIMITS: QueryLimits = { candidateSteps: 100_000, steps: 100_000_000, candidateTime: 1000 };

/** Longest text, longest list, widest integer an expression may make on its way. */
export const SIZES = { text: 100_000, items: 50_000, bits: 65_536 } as const;

/** Counts down while a query runs. */
export class Budget {
  private left = 0;
  private total: number;
  private deadline = 0;
  private untilClock = 0;

  constructor(private readonly limits: QueryLimits = QUERY_LIMITS) {
    this.total = limits.steps;
  }

  /** Begins the next candidate. @throws QueryError when the search as a whole has used up its steps */
  begin(): void {
    if (this.total <= 0) throw tooCostly('steps-over-all');
    this.left = Math.min(this.limits.candidateSteps, this.total);
    this.deadline = performance.now() + this.limits.candidateTime;
    this.untilClock = CLOCK_EVERY;
  }

  /** @throws QueryError `too-costly` when the candidate has used up its steps or its time */
  spend(steps = 1): void {
    this.left -= steps;
    this.total -= steps;
    this.untilClock -= steps;
    if (this.left < 0) throw tooCostly(this.total < 0 ? 'steps-over-all' : 'steps-of-one-run');
    if (this.untilClock > 0) return;
    this.untilClock = CLOCK_EVERY;
    if (performance.now() > this.deadline) throw tooCostly('time-of-one-run');
  }

  /** A text of this length is about to be made. */
  text(length: number): void {
    if (length > SIZES.text) throw tooCostly('text-too-long', SIZES.text);
    this.spend(1 + (length >> 4));
  }

  /** A list of this length is about to be made. */
  items(length: number): void {
    if (length > SIZES.items) throw tooCostly('list-too-long', SIZES.items);
    this.spend(1 + length);
  }

  /** An integer of this width is about to be made. */
  bits(width: number): void {
    if (width > SIZES.bits) throw tooCostly('integer-too-wide', SIZES.bits);
    if (width > 64) this.spend(width >> 6);
  }

  /** `needle` is about to be looked for in a text: at worst every character is compared with every other. */
  search(length: number, needle: number): void {
    this.spend(1 + (length >> 5) + ((length * needle) >> 12));
  }
}

const CLOCK_EVERY = 2000;

const tooCostly = (reason: CostReason, limit?: number): QueryError =>
  new QueryError('too-costly', reason, limit === undefined ? {} : { limit });
