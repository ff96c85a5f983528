import type { MetricPoint, TaskEvents } from '#contract';

/** No more often than this; a thread that computes has no timers, so what is held back goes with the next report or the end. */
const EVERY_MS = 250;
const METRICS_AT_ONCE = 1000;

/** Thins a task's reports. `flush` sends what is held back. */
export function reporter(out: TaskEvents): TaskEvents & { flush(): void } {
  let told = 0;
  let said = '';
  let points: MetricPoint[] = [];
  let since = 0;
  const flush = (): void => {
    if (points.length > 0) out.metrics(points);
    points = [];
    since = performance.now();
  };
  return {
    progress: (fraction, message) => {
      const now = performance.now();
      if (now - told < EVERY_MS && message === said) return;
      told = now;
      said = message;
      out.progress(fraction, message);
    },
    metrics: (given) => {
      points.push(...given);
      if (points.length >= METRICS_AT_ONCE || performance.now() - since >= EVERY_MS) flush();
    },
    flush,
  };
}
