import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/** A training script that runs beside the test. */
export class Script {
  private output = '';
  private problem = '';
  private readonly child: ChildProcess;
  private readonly watchers = new Set<() => void>();
  readonly ended: Promise<number | string>;

  constructor(manner: string, input: object, env: Readonly<Record<string, string>>, cwd?: string) {
    this.child = spawn(process.execPath, [join(import.meta.dirname, 'train.mjs'), manner, JSON.stringify(input)], {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.child.stdout!.on('data', (chunk: Buffer) => {
      this.output += chunk.toString();
      for (const watch of this.watchers) watch();
    });
    this.child.stderr!.on('data', (chunk: Buffer) => (this.problem += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        resolve(code ?? signal ?? 'nothing');
        for (const watch of this.watchers) watch();
      });
    });
  }

  /** What it wrote to its errors. */
  get told(): string {
    return this.problem;
  }

  /** Waits until it has said a line like this, and gives what the pattern caught. @throws Error when it ends before. */
  said(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const watch = (): void => {
        const found = pattern.exec(this.output);
        if (!found && this.child.exitCode === null && this.child.signalCode === null) return;
        this.watchers.delete(watch);
        if (found) resolve(found[1] ?? found[0]);
        else reject(new Error(`it ended without saying ${pattern}\n${this.output}\n${this.problem}`));
      };
      this.watchers.add(watch);
      watch();
    });
  }

  tell(line: string): void {
    this.child.stdin!.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
