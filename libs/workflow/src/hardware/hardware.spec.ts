import { cpus, totalmem } from 'node:os';

import { expect, test } from 'vitest';

import { Hardware } from '#contract';

import { parseGpus, readHardware, watchHardware } from './hardware.js';

test('processors and memory are those of this machine, in the shape of the contract', async () => {
  const answer = await readHardware();
  expect(Hardware.parse(answer)).toEqual(answer);
  expect(answer.cpu.per_cpu).toHaveLength(cpus().length);
  expect(answer.cpu.cores_logical).toBe(cpus().length);
  expect(answer.cpu.cores_physical).toBeGreaterThan(0);
  expect(answer.cpu.cores_physical).toBeLessThanOrEqual(cpus().length);
  expect(answer.ram.total).toBe(totalmem());
  expect(answer.ram.used + answer.ram.available).toBe(answer.ram.total);
});

test('those who ask at once share one measurement', async () => {
  const [one, other] = await Promise.all([readHardware(), readHardware()]);
  expect(one).toBe(other);
});

test('watching ends with its signal', async () => {
  const abort = new AbortController();
  let messages = 0;
  for await (const message of watchHardware(abort.signal)) {
    expect(message.cpu.percent).toBeLessThanOrEqual(100);
    if (++messages === 2) abort.abort();
  }
  expect(messages).toBe(2);
});

test('graphics cards as nvidia-smi prints them, and what a card does not tell', () => {
  expect(parseGpus('NVIDIA A10G, 37, 51, 2048, 24576\nTesla K80, [N/A], 40, [N/A], 11441\n\n')).toEqual([
    {
      name: 'NVIDIA A10G',
      vendor: 'NVIDIA',
      utilization: 37,
      temperature: 51,
      memory_used: 2048 * 1024 ** 2,
      memory_total: 24576 * 1024 ** 2,
      memory_percent: 8.3,
    },
    {
      name: 'Tesla K80',
      vendor: 'NVIDIA',
      utilization: null,
      temperature: 40,
      memory_used: null,
      memory_total: 11441 * 1024 ** 2,
      memory_percent: null,
    },
  ]);
  expect(parseGpus('NVIDIA-SMI has failed because it could not communicate with the driver.')).toEqual([]);
});
