import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

import type { Logger } from '#config';
import { AppError, type ErrorCode, type PluginPackage, type TaskEvents, type TaskName, taskTraits } from '#contract';
import { Cancelled } from '#linalg';
import { type EngineFolder, engineFolder } from '#workflow';

import { type FromChild, GUARDED, type ToChild } from './messages.js';

/**
 * How long a cancelled task may take to reach a tick before its process is killed: several times what lies between two ticks. One
 * that is late costs a new child, and a person waits for the answer meanwhile.
 */
const GRACE_MS = 50;
/** A child that dies right after its start is not started again at once. */
const YOUNG_MS = 1000;

/**
 * A start takes a second of the processor: without this a queued job that a person cancels meanwhile took up to 35 ms. But somebody
 * may wait for the start too, so it gets three times the share of what computes: beside four computing processes on two cores it
 * takes 1.5 s, with all of them equal 2.3 s.
 */
const STARTING_NICE = 5;

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

interface Running {
  readonly id: number;
  readonly name: TaskName;
  readonly input: unknown;
  readonly plugins: readonly PluginPackage[];
  readonly events: TaskEvents;
  /** Ends the child unless its plugins are loaded by then. */
  loading: NodeJS.Timeout | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** What comes with a task; `fields` go on the child's log lines. */
export interface Asked {
  readonly fields: object;
  readonly plugins: readonly PluginPackage[];
  readonly events: TaskEvents;
  readonly signal: AbortSignal;
}

/** How children of one kind are started and what they may do. */
export interface ChildKind {
  /** Whether they load plugins; then they see others' code and have few rights. */
  readonly guarded: boolean;
  /** How long plugins may take to load, in milliseconds. */
  readonly loadMs: number;
  /** Program, flags and environment for a child whose own folder is this one. */
  readonly launch: (folder: string) => Launch;
}

/** A way to start Node: what comes before the module's path. */
interface Launch {
  readonly program: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What to do with what a child made, while its folder is still there. */
interface Harvest {
  readonly harvest: (folder: string) => Promise<void>;
  readonly discard: (folder: string) => Promise<void>;
}

/** One compute child, kept warm: it runs one task at a time and is replaced when it dies. */
export class ComputeChild {
  private child: ChildProcess | undefined;
  private readonly folders = new Set<EngineFolder>();
  private running: Running | undefined;
  private runs = 0;
  private closed = false;
  private memoryExceeded = false;
  private stuck = false;
  /** Packages whose code ran in the child. */
  private loaded = new Set<string>();
  private folder = '';
  /** While somebody takes from the child's folder what it made. */
  private harvesting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly log: Logger,
    /** The storage, where a child's engine may spill. */
    private readonly dataDir: string,
    private readonly kind: ChildKind,
  ) {
    this.warm();
  }

  /** Kills the child; a running task rejects. Settles when nothing of the child is left. */
  async close(): Promise<void> {
    this.closed = true;
    const { child } = this;
    if (child?.kill('SIGKILL') === true) await once(child, 'exit');
    await Promise.all([...this.folders].map((folder) => this.remove(folder)));
  }

  private warm(): ChildProcess {
    if (this.child !== undefined) return this.child;
    const born = performance.now();
    const folder = engineFolder(this.dataDir);
    this.folders.add(folder);
    const { program, flags, env } = this.kind.launch(folder.path);
    const child = fork(CHILD, [folder.path, ...(this.kind.guarded ? [GUARDED] : [])], {
      serialization: 'advanced',
      env,
      execPath: program,
      execArgv: [...flags],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    beNice(child);
    child.on('message', (message) => this.heard(message as FromChild));
    child.on('error', (error) => this.log.warn({ error: error.message }, 'compute child'));
    child.on('exit', (code, signal) => {
      void this.harvesting.catch(() => undefined).then(() => this.remove(folder));
      if (this.child !== child) return;
      this.child = undefined;
      this.died(signal ?? `code ${code ?? 'none'}`);
      if (this.closed) return;
      const young = performance.now() - born < YOUNG_MS;
      setTimeout(() => this.replace(), young ? YOUNG_MS : 0);
    });
    this.child = child;
    this.folder = folder.path;
    this.loaded = new Set();
    this.memoryExceeded = false;
    this.stuck = false;
    return child;
  }

  /** What a killed child spilled would stay for ever otherwise. */
  private async remove(folder: EngineFolder): Promise<void> {
    await folder.close().catch((error: unknown) => this.log.warn({ error: String(error) }, 'spilled rows not removed'));
    this.folders.delete(folder);
  }

  /** A child without the code of plugins that were taken out or replaced: a process cannot forget what it ran. */
  private childFor(plugins: readonly PluginPackage[]): ChildProcess {
    const keys = new Set(plugins.map(({ packageKey }) => packageKey));
    if (this.child !== undefined && [...this.loaded].some((key) => !keys.has(key))) this.retire(this.child);
    const child = this.warm();
    this.loaded = keys;
    return child;
  }

  private retire(child: ChildProcess): void {
    if (this.child === child) this.child = undefined;
    child.kill('SIGKILL');
    this.replace();
  }

  private replace(): void {
    if (!this.closed) this.warm();
  }

  /** Runs one task. Rejects with AppError, or `Cancelled`. */
  async run(name: TaskName, input: unknown, asked: Asked, harvest?: Harvest): Promise<unknown> {
    const { fields, plugins, events, signal } = asked;
    const child = this.childFor(plugins);
    const { folder } = this;
    const id = ++this.runs;
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      // Only a person's cancellation may let the task tidy up; a lost lease must stop it before it writes anything more.
      if (signal.reason !== 'cancelled') child.kill('SIGKILL');
      else {
        this.tell(child, { kind: 'cancel', id });
        grace = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      }
    };
    try {
      const output = await new Promise<unknown>((resolve, reject) => {
        this.running = { id, name, input, plugins, events, loading: undefined, resolve, reject };
        signal.addEventListener('abort', onAbort);
        this.tell(child, { kind: 'run', id, name, input, fields, plugins });
      });
      this.harvesting = harvest?.harvest(folder) ?? Promise.resolve();
      await this.harvesting;
      return output;
    } catch (error) {
      await harvest?.discard(folder);
      throw error;
    } finally {
      clearTimeout(this.running?.loading);
      this.running = undefined;
      // Code that was only looked at must not be there when somebody's data are.
      if (taskTraits[name].code === 'looked-at') this.retire(child);
      clearTimeout(grace);
      signal.removeEventListener('abort', onAbort);
    }
  }

  private heard(message: FromChild): void {
    if (message.kind === 'out-of-memory') {
      this.memoryExceeded = true;
      this.log.warn({ rssBytes: message.rssBytes }, 'compute child over its memory');
      return;
    }
    if (message.kind === 'ready' || this.running?.id !== message.id) return;
    const { events, resolve, reject } = this.running;
    if (message.kind === 'loading') this.running.loading = setTimeout(() => this.giveUpLoading(), this.kind.loadMs);
    else if (message.kind === 'begun') clearTimeout(this.running.loading);
    else if (message.kind === 'progress') events.progress(message.fraction, message.message);
    else if (message.kind === 'metrics') events.metrics(message.points);
    else if (message.kind === 'done') resolve(message.output);
    else reject(asError(message.failure));
  }

  private giveUpLoading(): void {
    this.stuck = true;
    this.child?.kill('SIGKILL');
  }

  private died(how: string): void {
    if (!this.closed) this.log.info({ how }, 'compute child ended');
    this.running?.reject(this.whyDied(how, this.running));
  }

  private whyDied(how: string, { name, plugins, input }: Running): AppError {
    if (this.memoryExceeded) return new AppError('out-of-memory');
    if (!this.stuck) return new AppError('worker-lost', { how });
    const looked = name === 'inspect-plugin' ? [input as PluginPackage] : plugins;
    const names = looked.map((plugin) => plugin.name).join(', ');
    return new AppError('plugin-stuck', { plugin: names, seconds: this.kind.loadMs / 1000 });
  }

  private tell(child: ChildProcess, message: ToChild): void {
    // A child that is gone by now is noticed by its exit.
    child.send(message, () => undefined);
  }
}

function beNice({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, Math.max(STARTING_NICE, getPriority()));
  } catch {
    // It has ended, or is another user's by now.
  }
}

function asError({ cancelled, error, detail }: (FromChild & { kind: 'failed' })['failure']): Error {
  if (cancelled) return new Cancelled();
  if (error.code !== 'internal') return new AppError(error.code as ErrorCode, error.values);
  const internal = new Error('task failed');
  if (detail !== null) internal.stack = detail;
  return internal;
}
