/** What one fit and one prediction took, in a process of its own. */
export interface Measurement {
  readonly fitSeconds: number;
  readonly fitCpuSeconds: number;
  readonly predictSeconds: number;
  readonly predictCpuSeconds: number;
  /** Largest resident size of the process, the data included. */
  readonly peakMegabytes: number;
  /** Accuracy or R² on held-out rows. */
  readonly score: number;
}

/** A measured pair: the lesser of two runs each, of wall and CPU seconds apart. */
export interface BenchRow {
  readonly model: string;
  readonly rows: number;
  readonly columns: number;
  /** Threads of ours when they are more than one; the peer always has one. */
  readonly threads?: number;
  readonly date: string;
  readonly runtime: string;
  readonly peerVersion: string;
  readonly ours: Measurement;
  readonly peer: Measurement;
}

/** The lesser times of several runs of the same thing. */
export function least(runs: readonly Measurement[]): Measurement {
  const min = (of: (run: Measurement) => number): number => Math.min(...runs.map(of));
  return {
    fitSeconds: min((run) => run.fitSeconds),
    fitCpuSeconds: min((run) => run.fitCpuSeconds),
    predictSeconds: min((run) => run.predictSeconds),
    predictCpuSeconds: min((run) => run.predictCpuSeconds),
    peakMegabytes: min((run) => run.peakMegabytes),
    score: runs[0]!.score,
  };
}
