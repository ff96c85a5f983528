import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A command ended badly; its own output said why. */
class CommandFailed extends Error {
  name = 'CommandFailed';
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a Node script of the repository; rejects unless it ends well. */
export const run = (script, args, options) => runCommand(process.execPath, [join(root, script), ...args], options);

/**
 * Runs a command with our terminal. A signal to us is passed on, and we end when the command has; `quiet` keeps its
 * standard output off ours, which belongs to the program that runs last.
 */
export function runCommand(command, args, { quiet = false, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, shell, stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'] });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass);
      if (code === 0) resolve();
      else reject(new CommandFailed(`${command} ${args.join(' ')}: ${signal ?? `exit code ${code}`}`, code ?? 130));
    });
  });
}
