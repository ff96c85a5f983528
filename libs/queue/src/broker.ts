import { type BackendFactory, type ConnectionOptions, createPostgresBackend, createRedisBackend } from 'bullmq';

import type { Config } from '#config';

/** Which broker, by configuration: Redis when there is one, otherwise Postgres. */
export type BrokerConfig = Pick<Config, 'databaseUrl' | 'redisUrl'>;

interface Broker {
  readonly connection: ConnectionOptions;
  readonly backend: BackendFactory;
  readonly prefix: string;
}

const PREFIX = 'millrace';
const RECONNECT_MS = 250;

/** For those who wait: commands stay queued until the broker is back. */
export function waitingBroker(config: BrokerConfig, poolSize: number): Broker {
  if (config.redisUrl === undefined) return postgres(config, poolSize);
  return redis(config.redisUrl, { maxRetriesPerRequest: null });
}

/** For those who answer a request: commands fail at once while the broker is away. */
export function failingBroker(config: BrokerConfig, poolSize: number): Broker {
  if (config.redisUrl === undefined) return postgres(config, poolSize);
  return redis(config.redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 2000 });
}

function redis(url: string, options: object): Broker {
  const connection = { url, connectTimeout: 2000, retryStrategy: () => RECONNECT_MS, ...options };
  return { connection, backend: createRedisBackend, prefix: PREFIX };
}

function postgres({ databaseUrl }: BrokerConfig, poolSize: number): Broker {
  if (databaseUrl === undefined) throw new Error('neither DATABASE_URL nor REDIS_URL is set');
  // What a crash of the database takes from the queue is added again from the rows, so nobody waits for the disk here.
  // Connections stay open: the first job after an idle minute must not wait for a new one.
  const connection = {
    connectionString: databaseUrl,
    schema: 'bullmq',
    max: poolSize,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    options: '-c synchronous_commit=off',
    application_name: 'millrace-queue',
  };
  // BullMQ types a connection as Redis unless every class is made generic over its backend.
  return {
    connection: connection,
    backend: createPostgresBackend as unknown as BackendFactory,
    prefix: PREFIX,
  };
}
