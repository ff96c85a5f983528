import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** What the environment says; the names are those the Python client reads. */
export interface Settings {
  /** How long data may wait in memory before it is sent. */
  readonly flushIntervalMs: number;
  /** How long a flush, and the end of a run, wait for the server before what is left is put on disk. */
  readonly flushTimeoutMs: number;
  readonly logBatchSize: number;
  readonly metricBatchSize: number;
  readonly trackBatchSize: number;
  /** Requests at a time. */
  readonly workers: number;
  /** Items that may wait in memory; what is beyond waits on disk. */
  readonly queueLimit: number;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  readonly serverUrl: string;
  /** Where runs are read, and where they are written, of Aim-compatible clients. */
  readonly backendUrl: string;
  readonly frontierUrl: string;
  readonly frameSize: number;
  readonly frameIntervalMs: number;
  readonly prefix: string | undefined;
  readonly user: string;
  readonly token: string | undefined;
  /** Where tokens and what could not be sent are kept. */
  readonly home: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment. @throws RangeError naming the variable that is no positive number. */
export function readSettings(env: Environment = process.env): Settings {
  const number = (name: string, otherwise: number): number => {
    const text = env[name];
    if (text === undefined || text.trim() === '') return otherwise;
    const value = Number(text);
    if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} must be a number above 0`);
    return value;
  };
  const count = (name: string, otherwise: number): number => Math.max(1, Math.floor(number(name, otherwise)));
  // Without a buffer every item leaves at once.
  const buffered = !['0', 'false', 'no', 'off'].includes((env['ML_DASH_BUFFER_ENABLED'] ?? '').toLowerCase());
  return {
    flushIntervalMs: buffered ? number('ML_DASH_FLUSH_INTERVAL', 5) * 1000 : 1,
    flushTimeoutMs: number('ML_DASH_FLUSH_TIMEOUT', 30) * 1000,
    logBatchSize: count('ML_DASH_LOG_BATCH_SIZE', 100),
    metricBatchSize: count('ML_DASH_METRIC_BATCH_SIZE', 1000),
    trackBatchSize: count('ML_DASH_TRACK_BATCH_SIZE', 100),
    workers: count('ML_DASH_FILE_UPLOAD_WORKERS', 4),
    queueLimit: count('ML_DASH_MAX_QUEUE_SIZE', 100_000),
    retryBaseMs: number('ML_DASH_RETRY_BASE_DELAY', 1) * 1000,
    retryMaxMs: number('ML_DASH_RETRY_MAX_DELAY', 30) * 1000,
    serverUrl: env['ML_DASH_API_URL'] ?? 'https://api.dash.ml',
    backendUrl: env['MATYAN_BACKEND_URL'] ?? 'http://localhost:53800',
    frontierUrl: env['MATYAN_FRONTIER_URL'] ?? 'http://localhost:53801',
    frameSize: count('MATYAN_WS_BATCH_SIZE', 100),
    frameIntervalMs: number('MATYAN_WS_BATCH_INTERVAL_MS', 50),
    prefix: env['ML_DASH_PREFIX'] || undefined,
    user: env['ML_DASH_USER'] ?? env['USER'] ?? userName(),
    token: env['ML_DASH_TOKEN'] ?? env['ML_DASH_API_KEY'] ?? env['MILLRACE_TOKEN'],
    home: env['ML_DASH_HOME'] ?? join(homedir(), '.dash'),
  };
}

/** A container may know no name for its user. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'local';
  }
}
