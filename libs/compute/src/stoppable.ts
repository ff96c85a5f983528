import type { TaskHost } from './host.js';

const LOOK_EVERY_MS = 100;

/**
 * Awaits work that runs beside this thread (reading, writing, profiling tables) and cannot tick: looks at the host's flag ten times
 * a second and aborts the work's signal. What the tick threw is then what this throws.
 */
export async function stoppable<T>(
  { tick }: Pick<TaskHost, 'tick'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const look = (): void => {
    try {
      tick(0, 1);
    } catch (error) {
      controller.abort(error);
    }
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  try {
    signal.throwIfAborted();
    const result = await work(signal);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearInterval(timer);
  }
}
