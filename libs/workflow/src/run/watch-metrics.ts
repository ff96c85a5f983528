import { setTimeout as sleep } from 'node:timers/promises';

import { type Status, STATUS, STATUS_NAMES } from '#contract';
import { RunEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById, wireDate } from '../rows.js';

interface LivePoint {
  readonly step: number;
  readonly value: number | null;
  readonly timestamp: string;
}
type Level = 'TRIAL' | 'FOLD' | 'STEP' | 'EPOCH';
type Split = 'TRAIN' | 'VALIDATION' | 'TEST';

/** One message: points by split, level and metric, to be appended by the reader, and the run's status by name. */
export type LiveMetrics = {
  readonly [S in Split]?: { readonly [L in Level]?: Readonly<Record<string, readonly LivePoint[]>> };
} & { readonly run_status: (typeof STATUS_NAMES)[number] };

/** Points that come faster are told together. */
const TOGETHER_MS = 250;
/** For notifications that were lost with a connection. */
const ASK_MS = 10_000;
const LEVELS: ReadonlySet<string> = new Set(['trial', 'fold', 'step', 'epoch']);

/**
 * The metrics of a run as they come: first all there are, then only new ones, until the run has ended or the signal
 * says stop. Nothing is sent, and hardly anything asked, while nothing changes.
 * @throws AppError `run-not-found`, at the first step.
 */
export async function* watchMetrics(ports: Ports, runId: number, signal: AbortSignal): AsyncGenerator<LiveMetrics> {
  let lastId: string | undefined;
  let lastStatus: Status | undefined;
  // Readers append: the commit of a run writes all its points again, in their own order, and those were told already.
  let told = new Set<string>();
  // Subscribed before the rows are read: what comes in between is heard.
  const changes = heardChanges(ports, runId, signal);
  try {
    while (!signal.aborted) {
      changes.forget();
      // The status first: points written before a run ended are then in what is read after it.
      const { status } = await rowById(ports.db.manager, RunEntity, runId, 'run-not-found');
      const points = await ports.tracking.series(runId, lastId);
      lastId = points.at(-1)?.id ?? lastId;
      const beginsAgain = status !== lastStatus && (status === STATUS.delivered || status === STATUS.started);
      if (beginsAgain) told = new Set();
      const live = points.filter((point) => LEVELS.has(point.level) && !told.has(placeOf(point)));
      for (const point of live) told.add(placeOf(point));
      if (live.length > 0 || status !== lastStatus) yield { ...grouped(live), run_status: STATUS_NAMES[status] };
      lastStatus = status;
      if (status === STATUS.finished || status === STATUS.error) return;
      await changes.next();
    }
  } finally {
    changes.close();
  }
}

interface Changes {
  /** What was heard so far is about to be read. */
  forget(): void;
  /** Settles when something was heard, the reader left, or it is time to ask anyway. */
  next(): Promise<void>;
  close(): void;
}

function heardChanges({ feed }: Ports, runId: number, signal: AbortSignal): Changes {
  let heard = false;
  let wake = (): void => undefined;
  const stop = feed.watchRun(runId, () => {
    heard = true;
    wake();
  });
  return {
    forget: () => {
      heard = false;
    },
    next: async () => {
      await sleep(TOGETHER_MS, undefined, { signal }).catch(() => undefined);
      if (heard || signal.aborted) return;
      const waiting = new AbortController();
      wake = () => waiting.abort();
      await sleep(ASK_MS, undefined, { signal: AbortSignal.any([signal, waiting.signal]) }).catch(() => undefined);
    },
    close: stop,
  };
}

type Series = Awaited<ReturnType<Ports['tracking']['series']>>;

/** What a point is told apart by. */
const placeOf = ({ split, level, name, step, foldIndex = -1 }: Series[number]): string =>
  `${split} ${level} ${step} ${foldIndex} ${name}`;

function grouped(points: Series): object {
  const message: Record<string, Record<string, Record<string, LivePoint[]>>> = {};
  for (const { split, level, name, step, value, timestamp } of points) {
    const byMetric = ((message[split.toUpperCase()] ??= {})[level.toUpperCase()] ??= {});
    const finite = Number.isFinite(value) ? value : null;
    (byMetric[name] ??= []).push({ step, value: finite, timestamp: wireDate(timestamp) });
  }
  return message;
}
