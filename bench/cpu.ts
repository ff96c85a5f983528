import { readdirSync, readFileSync } from 'node:fs';

const CLOCK_TICKS = 100;

/** User and system seconds so far of the API's process, and of Postgres with all its children, ended ones too. */
export interface CpuSeconds {
  readonly api: number;
  readonly postgres: number;
}
/** Reads both, by process id. */
export type CpuMeter = () => CpuSeconds;

export const cpuMeter =
  (apiPid: number, postgresPid: number): CpuMeter =>
  () => {
    const stats = everyProcess();
    return { api: stats.find(({ pid }) => pid === apiPid)!.seconds, postgres: programSeconds(postgresPid, stats) };
  };

/** User and system seconds so far of a program with its direct children, ended ones too. */
export function programSeconds(program: number, stats: readonly Stat[] = everyProcess()): number {
  const own = stats.find(({ pid }) => pid === program)!;
  const children = stats.filter(({ parent }) => parent === program);
  return own.seconds + own.ended + children.reduce((sum, { seconds }) => sum + seconds, 0);
}

const everyProcess = (): Stat[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(name));

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
  readonly ended: number;
}

function statOf(name: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const sum = (at: number): number => (fields[at]! + fields[at + 1]!) / CLOCK_TICKS;
    return [{ pid: Number(name), parent: fields[1]!, seconds: sum(11), ended: sum(13) }];
  } catch {
    return [];
  }
}
