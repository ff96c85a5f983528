import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type CpuInfo, cpus, freemem, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Hardware } from '#contract';

/** Between two messages of the monitor. */
const EVERY_MS = 1000;
/** Who asks within this gets the same answer. */
const SAME_MS = 400;
/** Processors are busy between two looks; longer ago says nothing of now. */
const RECENT_MS = 5000;
const LOOK_MS = 100;
/** A driver that hangs must not hold the answer. */
const GPU_MS = 2000;
const MIB = 1024 ** 2;

type Gpu = Hardware['gpus'][number];
interface Look {
  readonly atMs: number;
  readonly cpus: readonly CpuInfo[];
}

let former: Look | undefined;
let latest: { readonly atMs: number; readonly answer: Promise<Hardware> } | undefined;
let gpuTool = true;
let physical: Promise<number> | undefined;

/** How busy this machine is. Measured when asked for, shared by those who ask at once; nothing runs while nobody does. */
export function readHardware(): Promise<Hardware> {
  const atMs = performance.now();
  if (latest === undefined || atMs - latest.atMs > SAME_MS) latest = { atMs, answer: measure() };
  return latest.answer;
}

/** The same once a second, until the signal says stop. */
export async function* watchHardware(signal: AbortSignal): AsyncGenerator<Hardware> {
  while (!signal.aborted) {
    yield await readHardware();
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function measure(): Promise<Hardware> {
  if (former === undefined || performance.now() - former.atMs > RECENT_MS) {
    former = look();
    await sleep(LOOK_MS);
  }
  const [before, now] = [former, look()];
  former = now;
  const shares = now.cpus.map((cpu, index) => busyShare(before.cpus[index], cpu));
  const mhz = now.cpus.map(({ speed }) => speed).filter((speed) => speed > 0);
  const [total, available] = [totalmem(), freemem()];
  physical ??= physicalCores(now.cpus.length);
  return {
    cpu: {
      percent: percent(mean(shares)),
      per_cpu: shares.map(percent),
      frequency_mhz: mhz.length === 0 ? null : Math.round(mean(mhz)),
      cores_physical: await physical,
      cores_logical: now.cpus.length,
    },
    ram: { percent: percent((total - available) / total), used: total - available, total, available },
    gpus: gpuTool ? await readGpus() : [],
  };
}

const look = (): Look => ({ atMs: performance.now(), cpus: cpus() });
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
/** A share in 0–1 as a percentage with one decimal. */
const percent = (share: number): number => Math.round(1000 * Math.min(1, Math.max(0, share))) / 10;

function busyShare(before: CpuInfo | undefined, now: CpuInfo): number {
  const sum = ({ times }: CpuInfo): number => Object.values(times).reduce((all, ms) => all + ms, 0);
  const idleMs = now.times.idle - (before?.times.idle ?? 0);
  const allMs = sum(now) - (before === undefined ? 0 : sum(before));
  return allMs <= 0 ? 0 : 1 - idleMs / allMs;
}

/** Distinct pairs of package and core in Linux' table of processors; elsewhere the logical ones. */
async function physicalCores(logical: number): Promise<number> {
  const table = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const cores = table
    .split(/\n\s*\n/)
    .map((block) => [/^physical id\s*: (\d+)/m, /^core id\s*: (\d+)/m].map((line) => line.exec(block)?.[1]))
    .filter(([, core]) => core !== undefined)
    .map(([socket, core]) => `${socket ?? 0} ${core ?? 0}`);
  return cores.length === 0 ? logical : new Set(cores).size;
}

const QUERY = 'name,utilization.gpu,temperature.gpu,memory.used,memory.total';

/** What NVIDIA's own tool tells; a machine without it is not asked again. */
async function readGpus(): Promise<Gpu[]> {
  const text = await new Promise<string>((resolve) => {
    const options = { timeout: GPU_MS, windowsHide: true };
    execFile('nvidia-smi', [`--query-gpu=${QUERY}`, '--format=csv,noheader,nounits'], options, (error, stdout) => {
      if (error !== null && error.code === 'ENOENT') gpuTool = false;
      resolve(error === null ? stdout : '');
    });
  });
  return parseGpus(text);
}

/** Lines as `nvidia-smi` prints them (memory in MiB, `[N/A]` for what a card does not tell). */
export function parseGpus(text: string): Gpu[] {
  return text
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter(([name, ...cells]) => name !== undefined && name !== '' && cells.length === 4)
    .map(([name = '', ...cells]) => {
      const [busy, temperature, used, total] = cells.map((cell) => (/^[\d.]+$/.test(cell) ? Number(cell) : null));
      return {
        name,
        vendor: 'NVIDIA',
        utilization: busy ?? null,
        temperature: temperature ?? null,
        memory_used: used == null ? null : used * MIB,
        memory_total: total == null ? null : total * MIB,
        memory_percent: used == null || total == null || total === 0 ? null : percent(used / total),
      };
    });
}
