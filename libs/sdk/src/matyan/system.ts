import { arch, cpus, freemem, hostname, platform, totalmem } from 'node:os';

import type { Run } from './run.js';

/** What this process runs on; no environment variable, which may be a secret. */
export const systemParams = (): object => ({
  executable: process.execPath,
  arguments: process.argv.slice(1),
  versions: { node: process.version },
  host: { name: hostname(), platform: platform(), arch: arch(), cpus: cpus().length, memory_bytes: totalmem() },
  pid: process.pid,
});

/** Tracks processor and memory every so many seconds; the answer stops it. */
export function trackSystem(run: Pick<Run, 'track'>, seconds: number): () => void {
  if (!(seconds > 0)) throw new RangeError('systemTrackingInterval is a number of seconds above 0');
  let before = process.cpuUsage();
  let at = performance.now();
  const timer = setInterval(() => {
    const used = process.cpuUsage(before);
    const spent = (performance.now() - at) * 1000;
    before = process.cpuUsage();
    at = performance.now();
    run.track(((used.user + used.system) / spent) * 100, { name: '__system__cpu' });
    run.track((process.memoryUsage.rss() / totalmem()) * 100, { name: '__system__p_memory_percent' });
    run.track((1 - freemem() / totalmem()) * 100, { name: '__system__memory_percent' });
  }, seconds * 1000).unref();
  return () => clearInterval(timer);
}
