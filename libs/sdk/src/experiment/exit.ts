import type { Sink, Status } from '../sink.js';
import { tell } from '../tell.js';

/** What is minded of a run. */
type Minded = Pick<Sink, 'flush' | 'rescue' | 'status'>;

type End = (status: Exclude<Status, 'RUNNING'>) => Promise<void>;
interface Guarded {
  readonly sink: Minded;
  readonly end: End;
  /** What becomes of it when the process has nothing left to do. */
  readonly atEnd: 'flush' | 'complete';
}

/** Whoever sends a signal waits no longer than this before it sends a harder one. */
const SIGNAL_MS = 8000;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const open = new Map<object, Guarded>();

/** Minds a run until it ends: nothing that was logged is lost when the process goes. */
export function guardExit(key: object, sink: Minded, end: End): void {
  if (open.size === 0) listen('on');
  open.set(key, { sink, end, atEnd: completed.has(key) ? 'complete' : 'flush' });
}

/** The run has ended. */
export function releaseExit(key: object): void {
  open.delete(key);
  if (open.size === 0) listen('off');
}

/** Those that were written out when there was nothing left to do; once is enough. */
const tried = new WeakSet<Minded>();
const completed = new WeakSet<object>();
/** A run that is complete when the process has nothing left to do. */
export function completeAtEnd(key: object): void {
  completed.add(key);
}

function listen(change: 'on' | 'off'): void {
  process[change]('beforeExit', onBeforeExit);
  process[change]('exit', onExit);
  process[change]('uncaughtExceptionMonitor', onUncaught);
  for (const signal of SIGNALS) process[change](signal, onSignal);
}

/** Comes again while there is work; a run that nobody ended is left running, with all it logged. */
function onBeforeExit(): void {
  for (const { sink, end, atEnd } of open.values())
    if (atEnd === 'complete') void end('COMPLETED').catch((error: unknown) => tell('A run did not end well', error));
    else if (tried.has(sink)) sink.rescue();
    else {
      tried.add(sink);
      void sink.flush().catch((error: unknown) => tell('A run could not be written out', error));
    }
}

function onExit(): void {
  for (const { sink } of open.values()) sink.rescue();
}

/** The process is about to fall over an error nobody caught. */
function onUncaught(): void {
  for (const { sink } of open.values()) sink.status('FAILED');
}

function onSignal(signal: NodeJS.Signals): void {
  void (async () => {
    const ends = [...open.values()].map(({ end }) => end('CANCELLED'));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, SIGNAL_MS);
    });
    await Promise.race([Promise.allSettled(ends), late]);
    clearTimeout(timer);
    onExit();
    for (const key of [...open.keys()]) releaseExit(key);
    // Whoever else listens decides what the signal does; without us it does what it always did.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  })();
}
