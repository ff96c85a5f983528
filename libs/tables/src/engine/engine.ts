import { mkdir } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBValue,
} from '@duckdb/node-api';

import { AppError } from '#contract';

/** What the engine may use; sizes in bytes. Only files below `directories` and `tempDirectory` can be read or written. */
export interface EngineSettings {
  readonly directories: readonly string[];
  readonly tempDirectory: string;
  readonly memoryLimitBytes: number;
  readonly threads: number;
  /** Whether a statement is planned by the statistics of all it reads; true unless it is said. Sorts are slower without (ADR 0008). */
  readonly statistics?: boolean;
}

/** Something to do with a connection of one's own. */
type Work<T> = (connection: DuckDBConnection) => Promise<T>;

/** An in-memory DuckDB, confined to its folders; connections are reused, one per running statement. */
export class Engine {
  private readonly idle: DuckDBConnection[] = [];

  private constructor(
    private readonly instance: DuckDBInstance,
    readonly settings: EngineSettings,
  ) {}

  static async open(settings: EngineSettings): Promise<Engine> {
    await mkdir(settings.tempDirectory, { recursive: true });
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(settings.threads),
      memory_limit: `${Math.ceil(settings.memoryLimitBytes / 1024 ** 2)}MiB`,
      temp_directory: settings.tempDirectory,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const engine = new Engine(instance, settings);
    await engine.use(async (connection) => {
      await connection.run('SET parquet_metadata_cache = true');
      // The system keeps what was read of a file; a second copy here only makes the process grow.
      await connection.run('SET enable_external_file_cache = false');
      if (settings.statistics === false)
        await connection.run("SET disabled_optimizers = 'join_order,statistics_propagation'");
      const folders = [...settings.directories, settings.tempDirectory].map(text).join(', ');
      await connection.run(`SET allowed_directories = [${folders}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
    });
    return engine;
  }

  /**
   * Runs `work` on a connection; an abort interrupts its statement.
   * @throws AppError `cancelled` when `signal` ended it, `out-of-memory` when the limit was reached.
   */
  async use<T>(work: Work<T>, signal?: AbortSignal): Promise<T> {
    const held = await this.hold(signal);
    try {
      return await work(held.connection);
    } catch (error) {
      throw known(error, signal);
    } finally {
      held.release();
    }
  }

  /** Rows as arrays of plain values; integers beyond 2³¹ come as bigint. */
  rows(sql: string, values: readonly DuckDBValue[] = [], signal?: AbortSignal): Promise<DuckDBValue[][]> {
    return this.use(async (connection) => (await connection.runAndReadAll(sql, given(values))).getRows(), signal);
  }

  /** The single row of a query. */
  async row(sql: string, values: readonly DuckDBValue[] = [], signal?: AbortSignal): Promise<DuckDBValue[]> {
    return (await this.rows(sql, values, signal))[0]!;
  }

  /**
   * The result chunk by chunk (at most 2,048 rows) while it is computed; the consumer sets the pace. `whole` computes all of it
   * before the first chunk: by every thread, where a result in order is otherwise computed by one, but in memory. It is also planned
   * once only, where it has no values, and its chunks are taken at once, without a way through another thread for each.
   */
  async *chunks(
    sql: string,
    values: readonly DuckDBValue[] = [],
    signal?: AbortSignal,
    { whole = false } = {},
  ): AsyncGenerator<DuckDBDataChunk> {
    const held = await this.hold(signal);
    try {
      const { connection } = held;
      const chunks = whole
        ? chunksOf(await connection.run(sql, given(values)))
        : await connection.stream(sql, given(values));
      for await (const chunk of chunks) {
        if (signal?.aborted) throw new AppError('cancelled');
        yield chunk;
      }
    } catch (error) {
      throw known(error, signal);
    } finally {
      held.release();
    }
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.closeSync();
    this.instance.closeSync();
  }

  private async hold(signal: AbortSignal | undefined): Promise<{ connection: DuckDBConnection; release: () => void }> {
    if (signal?.aborted) throw new AppError('cancelled');
    const connection = this.idle.pop() ?? (await this.instance.connect());
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    const release = () => {
      signal?.removeEventListener('abort', interrupt);
      this.idle.push(connection);
    };
    return { connection, release };
  }
}

/** A chunk takes some 20 µs: other work waits for a millisecond at most. */
const CHUNKS_AT_ONCE = 50;

async function* chunksOf(result: DuckDBMaterializedResult): AsyncGenerator<DuckDBDataChunk> {
  for (let index = 0; index < result.chunkCount; index++) {
    if (index % CHUNKS_AT_ONCE === CHUNKS_AT_ONCE - 1) await nextTurn();
    yield result.getChunk(index);
  }
}

/**
 * The values of a statement; undefined for none: any list, even an empty one, has it prepared, and DuckDB plans a prepared statement
 * over files once more when it runs.
 */
function given(values: readonly DuckDBValue[]): DuckDBValue[] | undefined {
  return values.length > 0 ? [...values] : undefined;
}

/** A failure as the house knows it; anything else as it came. */
function known(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof AppError) return error;
  if (signal?.aborted) return new AppError('cancelled', {}, { cause: error });
  if (error instanceof Error && error.message.startsWith('Out of Memory'))
    return new AppError('out-of-memory', {}, { cause: error });
  return error;
}

/** A text as an SQL literal. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
