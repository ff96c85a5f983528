import { writeFile } from 'node:fs/promises';

const PAUSE_MS = 2000;

/** The file by which a health check knows that a worker lives: a worker has no address that could be asked. */
export class LifeSign {
  private givenAt = -Infinity;

  constructor(private readonly path: string | undefined) {}

  /** Writes the file anew, unless it is fresh or nobody wants one. */
  async give(): Promise<void> {
    const now = performance.now();
    if (this.path === undefined || now - this.givenAt < PAUSE_MS) return;
    this.givenAt = now;
    await writeFile(this.path, new Date().toISOString());
  }
}
