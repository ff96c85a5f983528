import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect } from 'vitest';

import { Experiment, type ExperimentOptions } from './experiment/experiment.js';

/** Where each test writes; removed after it. */
export const place = { root: '' };

/** Gives every test of a file an empty folder. */
export function inEmptyFolders(): void {
  beforeEach(async () => {
    place.root = await mkdtemp(join(tmpdir(), 'millrace-sdk-'));
  });
  afterEach(() => rm(place.root, { recursive: true, force: true }));
}

/** An experiment that writes there and prints nothing. */
export const experiment = (prefix = 'ann/digits/cnn/first', options: ExperimentOptions = {}): Experiment =>
  new Experiment(prefix, { dashRoot: place.root, echo: false, ...options });

/** A file of that experiment. */
export const at = (...parts: string[]): string => join(place.root, 'ann/digits/cnn/first', ...parts);

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a test says what it expects
export const document = <T = Record<string, unknown>>(...parts: string[]): T =>
  JSON.parse(readFileSync(at(...parts), 'utf8')) as T;

export const lines = <T = Record<string, unknown>>(...parts: string[]): T[] =>
  readFileSync(at(...parts), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

/** A moment as the Python client writes it. */
export const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string;
