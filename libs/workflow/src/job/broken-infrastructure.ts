import { AppError, type ErrorCode } from '#contract';

/** Postgres' classes of errors that are nobody's mistake: connection, shutdown, resources, conflicts between transactions. */
const SQL_STATES = /^(08|53|57P|40001|40P01|55P03|58)/;
const SYSTEM = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ENOSPC EDQUOT EFBIG EIO EMFILE ENFILE EROFS'.split(
    ' ',
  ),
);
const MAY_PASS = new Set<string>(['worker-lost', 'unavailable', 'storage-full'] satisfies ErrorCode[]);
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const MESSAGES =
  /Connection terminated|Connection ended|timeout exceeded when trying to connect|not queryable|Client was closed|DataSource is not set|connection error/i;
/** What the client of Redis says while there is none. */
const BROKER =
  /Connection is closed|Stream isn't writeable|[Mm]ax retries per request|Command timed out|\b(?:READONLY|LOADING|MASTERDOWN) /;

/** What TypeORM makes of a connection that was lost between two statements. */
const NAMES = new Set([
  'QueryRunnerAlreadyReleasedError',
  'QueryRunnerProviderAlreadyReleasedError',
  'TransactionNotStartedError',
  'ConnectionIsNotSetError',
  'CannotExecuteNotConnectedError',
]);

/** True for failures of database, network or disk, which may pass; false for everything that would fail again. */
export function isBrokenInfrastructure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SYSTEM.has(code) || SQL_STATES.test(code) || MAY_PASS.has(code) || NAMES.has(error.name)) return true;
  return MESSAGES.test(error.message) || BROKER.test(error.message) || isBrokenInfrastructure(error.cause);
}

/** What a person is told whose request met it: `storage-full`, or `unavailable` with what does not answer; undefined for other errors. */
export function brokenInfrastructure(error: unknown): AppError | undefined {
  if (!isBrokenInfrastructure(error)) return undefined;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (DISK_FULL.has(code)) return new AppError('storage-full', {}, { cause: error });
  const service = BROKER.test((error as Error).message) ? 'queue' : 'database';
  return new AppError('unavailable', { service }, { cause: error });
}

/** The error a person reads when trying again did not help. */
export function lastingError(error: unknown, attempts: number): AppError {
  if (error instanceof Error && 'code' in error && DISK_FULL.has(String(error.code)))
    return new AppError('storage-full', {}, { cause: error });
  return error instanceof AppError && error.code === 'storage-full'
    ? error
    : new AppError('attempts-spent', { attempts });
}

/** Waits, a little longer each time up to a second, unless the signal ends it. */
export async function pause(round: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(1000, 50 * 2 ** round);
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

/** Repeats work until the infrastructure lets it through or the signal ends it; other errors pass at once. */
export async function persist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isBrokenInfrastructure(error)) throw error;
    }
    await pause(round, signal);
  }
}
