import { availableParallelism, homedir } from 'node:os';
import { join, resolve } from 'node:path';

import { z } from 'zod';

const MIB = 1024 * 1024;

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const bytes = (fallback: number) => z.coerce.number().int().min(1024).default(fallback);

const cores = availableParallelism();

/** Every environment variable Millrace reads, with its default. */
const Environment = z.object({
  MILLRACE_HOME: z.string().min(1).default(defaultHome()),
  MILLRACE_HOST: z.string().min(1).default('127.0.0.1'),
  MILLRACE_PORT: z.coerce.number().int().min(0).max(65535).default(8000),
  MILLRACE_TOKEN: z.string().min(16).optional(),
  MILLRACE_ALLOWED_HOSTS: list.default([]),
  MILLRACE_ALLOWED_ORIGINS: list.default([]),
  MILLRACE_COMPUTE_SLOTS: count(1),
  MILLRACE_IO_SLOTS: count(1),
  MILLRACE_THREADS: count(cores),
  MILLRACE_HAND_OVER_MS: z.coerce.number().int().min(0).default(300),
  MILLRACE_CHILD_MEMORY_BYTES: bytes(4096 * MIB),
  MILLRACE_UPLOAD_BYTES: bytes(4096 * MIB),
  MILLRACE_BODY_BYTES: bytes(8 * MIB),
  MILLRACE_TRACKER_BODY_BYTES: bytes(16 * MIB),
  MILLRACE_TRACKER_RATE: count(2000),
  MILLRACE_MAX_COLUMNS: count(20_000),
  MILLRACE_MAX_ROWS: count(100_000_000),
  MILLRACE_MAX_CELLS: count(1_000_000_000),
  MILLRACE_ALLOW_PRIVATE_URLS: z.enum(['on', 'off']).default('off'),
  MILLRACE_MAX_PAGE: count(10_000),
  MILLRACE_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  MILLRACE_WORKER_SIGN: z.string().min(1).optional(),
  MILLRACE_CHECK_ANSWERS: z.enum(['on', 'off']).default('off'),
  MILLRACE_TASKS: z.string().min(1).optional(),
  MILLRACE_MODELS: z.string().min(1).optional(),
  MILLRACE_MODEL_HUB: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  MILLRACE_OPENML_URL: z.url({ protocol: /^https?$/ }).default('https://www.openml.org'),
  MILLRACE_KAGGLE_URL: z.url({ protocol: /^https?$/ }).default('https://www.kaggle.com'),
  MILLRACE_ZENODO_URL: z.url({ protocol: /^https?$/ }).default('https://zenodo.org'),
  MILLRACE_MODEL_SOURCES: z.string().min(1).optional(),
  MILLRACE_TEXT_ENGINE: z.string().min(1).optional(),
  MILLRACE_PLUGINS: z.enum(['on', 'off']).default('off'),
  MILLRACE_PLUGIN_UID: z.coerce.number().int().min(1).max(2_147_483_647).default(47_321),
  MILLRACE_PLUGIN_LOAD_MS: count(30_000),
  MILLRACE_PLUGIN_REGISTRY: z.url({ protocol: /^https?$/ }).optional(),
  MILLRACE_PLUGIN_KEYWORD: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('millrace-plugin'),
  WEB_ROOT: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
});

/** Millrace's settings, read once from the environment; sizes in bytes, everything frozen. */
export interface Config {
  /** Folder for everything kept on this machine: the embedded database and, under `data`, blobs. */
  readonly home: string;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Bearer token; without one the API answers on loopback only. */
  readonly token: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** Jobs at a time on the `compute` queue of one worker; slots × threads never exceed the cores. */
  readonly computeSlots: number;
  readonly ioSlots: number;
  /** Compute threads one job may use. */
  readonly threads: number;
  /** A search gives its trials to every worker there is once one of them took this long; shorter ones are not worth the way. */
  readonly handOverMs: number;
  /** Resident memory a compute child may reach before its job is ended with `out-of-memory`. */
  readonly childMemoryBytes: number;
  readonly uploadBytes: number;
  readonly bodyBytes: number;
  /** Largest body of a request that logs something. */
  readonly trackerBodyBytes: number;
  /** Requests a second one token, or one address without, may send to the routes of trackers. */
  readonly trackerRate: number;
  readonly maxColumns: number;
  readonly maxRows: number;
  /** Rows × columns of a table, empty cells included. */
  readonly maxCells: number;
  /** Whether data sets may be fetched from addresses of private networks and of this machine. */
  readonly allowPrivateUrls: boolean;
  /** Largest `page_size` a list answers. */
  readonly maxPage: number;
  readonly logLevel: string;
  /** A file the worker writes anew whenever it has looked at its jobs: its age tells a health check how the worker is. */
  readonly workerSign: string | undefined;
  /** Every answer is compared with its schema; for development and tests. */
  readonly checkAnswers: boolean;
  /** Path of a module whose `tasks` a compute child runs instead of ours: how the worker itself is tested. */
  readonly tasksModule: string | undefined;
  /** A folder with model files the operator put there, named `<component>.gguf`. */
  readonly modelsDir: string;
  /** Where model repositories are listed and fetched. */
  readonly modelHub: string;
  /** Where data sets are searched, by the name of the source, without a slash at the end. */
  readonly dataHubs: Readonly<Record<string, string>>;
  /** Path of a JSON file, component → `{url, sha256}`, that goes before the hub. */
  readonly modelSources: string | undefined;
  /** Path of a module whose `textEngine` runs language models instead of the engine that downloads install. */
  readonly textEngineModule: string | undefined;
  /** Whether plugins, which are code of others, may be installed and run. */
  readonly pluginsEnabled: boolean;
  /** The user, and group, of the operating system that plugins run as where the worker is root: nobody else's. */
  readonly pluginUid: number;
  /** How long plugins may take to load before a task. */
  readonly pluginLoadMs: number;
  /** The npm registry plugins come from, without a slash at the end; whoever turns plugins on names one. */
  readonly pluginRegistry: string | undefined;
  /** What packages call themselves to be listed as plugins. */
  readonly pluginKeyword: string;
  /** A folder with a built front end, instead of our own. */
  readonly webRoot: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
}

/** The environment holds something unusable; the message names the variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads and checks the environment.
 * @throws ConfigError naming every bad variable and what it must look like.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Unusable settings:\n  ${lines.join('\n  ')}`);
  }
  const settings = parsed.data;
  const home = resolve(settings.MILLRACE_HOME);
  return Object.freeze({
    home,
    dataDir: join(home, 'data'),
    host: settings.MILLRACE_HOST,
    port: settings.MILLRACE_PORT,
    token: settings.MILLRACE_TOKEN,
    allowedHosts: settings.MILLRACE_ALLOWED_HOSTS,
    allowedOrigins: settings.MILLRACE_ALLOWED_ORIGINS,
    computeSlots: settings.MILLRACE_COMPUTE_SLOTS,
    ioSlots: settings.MILLRACE_IO_SLOTS,
    threads: Math.max(1, Math.min(settings.MILLRACE_THREADS, Math.floor(cores / settings.MILLRACE_COMPUTE_SLOTS))),
    handOverMs: settings.MILLRACE_HAND_OVER_MS,
    childMemoryBytes: settings.MILLRACE_CHILD_MEMORY_BYTES,
    uploadBytes: settings.MILLRACE_UPLOAD_BYTES,
    bodyBytes: settings.MILLRACE_BODY_BYTES,
    trackerBodyBytes: settings.MILLRACE_TRACKER_BODY_BYTES,
    trackerRate: settings.MILLRACE_TRACKER_RATE,
    maxColumns: settings.MILLRACE_MAX_COLUMNS,
    maxRows: settings.MILLRACE_MAX_ROWS,
    maxCells: settings.MILLRACE_MAX_CELLS,
    allowPrivateUrls: settings.MILLRACE_ALLOW_PRIVATE_URLS === 'on',
    maxPage: settings.MILLRACE_MAX_PAGE,
    logLevel: settings.MILLRACE_LOG_LEVEL,
    workerSign: settings.MILLRACE_WORKER_SIGN,
    checkAnswers: settings.MILLRACE_CHECK_ANSWERS === 'on',
    tasksModule: settings.MILLRACE_TASKS,
    modelsDir: resolve(settings.MILLRACE_MODELS ?? join(home, 'models')),
    modelHub: settings.MILLRACE_MODEL_HUB.replace(/\/+$/, ''),
    dataHubs: Object.freeze({
      HuggingFaceDatasetSource: settings.MILLRACE_MODEL_HUB.replace(/\/+$/, ''),
      KaggleDatasetSource: settings.MILLRACE_KAGGLE_URL.replace(/\/+$/, ''),
      OpenMLDatasetSource: settings.MILLRACE_OPENML_URL.replace(/\/+$/, ''),
      ZenodoDatasetSource: settings.MILLRACE_ZENODO_URL.replace(/\/+$/, ''),
    }),
    modelSources: settings.MILLRACE_MODEL_SOURCES,
    textEngineModule: settings.MILLRACE_TEXT_ENGINE,
    pluginsEnabled: settings.MILLRACE_PLUGINS === 'on',
    pluginUid: settings.MILLRACE_PLUGIN_UID,
    pluginLoadMs: settings.MILLRACE_PLUGIN_LOAD_MS,
    pluginRegistry: settings.MILLRACE_PLUGIN_REGISTRY?.replace(/\/+$/, ''),
    pluginKeyword: settings.MILLRACE_PLUGIN_KEYWORD,
    webRoot: settings.WEB_ROOT,
    databaseUrl: settings.DATABASE_URL,
    redisUrl: settings.REDIS_URL,
  });
}

/** As root the database runs as another user, who cannot read below /root. */
function defaultHome(): string {
  return process.getuid?.() === 0 ? '/var/lib/millrace' : join(homedir(), '.millrace');
}

const SECRETS = new Set(['DATABASE_URL', 'REDIS_URL', 'MILLRACE_TOKEN']);

/** The environment for a program that runs components: without what opens the database, the broker or the API. */
export function environmentWithoutSecrets(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !SECRETS.has(name)));
}
