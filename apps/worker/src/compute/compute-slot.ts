import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { environmentWithoutSecrets, type Logger } from '#config';
import {
  AppError,
  type Compute,
  type ErrorCode,
  type PluginPackage,
  type TaskEvents,
  type TaskName,
  type TaskOutput,
} from '#contract';
import { Cancelled } from '#linalg';
import { type EngineFolder, engineFolder } from '#workflow';

import type { FromChild, ToChild } from './messages.js';

/**
 * How long a cancelled task may take to reach a tick before its process is killed: several times what lies between two ticks. One
 * that is late costs a new child, and a person waits for the answer meanwhile.
 */
const GRACE_MS = 50;
/** A child that dies right after its start is not started again at once. */
const YOUNG_MS = 1000;

const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

interface Running {
  readonly id: number;
  readonly events: TaskEvents;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Asked {
  readonly fields: object;
  readonly plugins: readonly PluginPackage[];
  readonly events: TaskEvents;
  readonly signal: AbortSignal;
}

/** One compute child, kept warm: it runs one task at a time and is replaced when it dies. */
export class ComputeSlot {
  private child: ChildProcess | undefined;
  private readonly folders = new Set<EngineFolder>();
  private running: Running | undefined;
  private runs = 0;
  private closed = false;
  private memoryExceeded = false;
  /** Packages whose code ran in the child. */
  private loaded = new Set<string>();

  constructor(
    private readonly log: Logger,
    /** The storage, where a child's engine may spill. */
    private readonly dataDir: string,
    private readonly env: Readonly<Record<string, string | undefined>> = environmentWithoutSecrets(),
    /** Flags that take rights away from the child; see `childRights`. */
    private readonly rights: readonly string[] = [],
  ) {
    this.warm();
  }

  /** The slot as a port; `fields` go on the child's log lines. */
  compute(fields: object, plugins: readonly PluginPackage[] = []): Compute {
    return {
      run: <N extends TaskName>(name: N, input: unknown, events: TaskEvents, signal: AbortSignal) =>
        this.run(name, input, { fields, plugins, events, signal }) as Promise<TaskOutput<N>>,
    };
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
    const child = fork(CHILD, [folder.path], {
      serialization: 'advanced',
      env: this.env,
      execArgv: ['--enable-source-maps', ...this.rights],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('message', (message) => this.heard(message as FromChild));
    child.on('error', (error) => this.log.warn({ error: error.message }, 'compute child'));
    child.on('exit', (code, signal) => {
      void this.remove(folder);
      if (this.child !== child) return;
      this.child = undefined;
      this.died(signal ?? `code ${code ?? 'none'}`);
      if (this.closed) return;
      const young = performance.now() - born < YOUNG_MS;
      setTimeout(() => this.replace(), young ? YOUNG_MS : 0);
    });
    this.child = child;
    this.loaded = new Set();
    this.memoryExceeded = false;
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

  private async run(name: TaskName, input: unknown, { fields, plugins, events, signal }: Asked): Promise<unknown> {
    signal.throwIfAborted();
    if (this.running !== undefined) throw new Error('a compute slot runs one task at a time');
    const child = this.childFor(plugins);
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
      return await new Promise<unknown>((resolve, reject) => {
        this.running = { id, events, resolve, reject };
        signal.addEventListener('abort', onAbort);
        this.tell(child, { kind: 'run', id, name, input, fields, plugins });
      });
    } finally {
      this.running = undefined;
      // Code that was only looked at must not be there when somebody's data are.
      if (name === 'inspect-plugin') this.retire(child);
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
    if (message.kind === 'progress') events.progress(message.fraction, message.message);
    else if (message.kind === 'metrics') events.metrics(message.points);
    else if (message.kind === 'done') resolve(message.output);
    else reject(asError(message.failure));
  }

  private died(how: string): void {
    if (!this.closed) this.log.info({ how }, 'compute child ended');
    this.running?.reject(this.memoryExceeded ? new AppError('out-of-memory') : new AppError('worker-lost', { how }));
  }

  private tell(child: ChildProcess, message: ToChild): void {
    // A child that is gone by now is noticed by its exit.
    child.send(message, () => undefined);
  }
}

function asError({ cancelled, error, detail }: (FromChild & { kind: 'failed' })['failure']): Error {
  if (cancelled) return new Cancelled();
  if (error.code !== 'internal') return new AppError(error.code as ErrorCode, error.values);
  const internal = new Error('task failed');
  if (detail !== null) internal.stack = detail;
  return internal;
}
