import { spawn } from 'node:child_process';

/**
 * Interrupts a server (SIGINT) when this process ends without stopping it, even by kill -9: a shell waits on a pipe that
 * only we hold. Where there is no shell (Windows) the server stays; the next start of Postgres clears up.
 * @returns dismisses the guardian.
 */
export function guard(pid: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  const script = 'read -r word; [ "$word" = dismissed ] || kill -INT "$0"';
  const shell = spawn('/bin/sh', ['-c', script, `${pid}`], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a guardian everything works but the clean-up after kill -9, which the next start does.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return () => shell.stdin.end('dismissed\n');
}
