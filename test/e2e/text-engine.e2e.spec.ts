import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { WireGenerativeProcess } from '#contract';
import { type RunningMillrace, startMillrace } from '#testing';

import { tinyGguf } from '../generative/tiny-gguf.js';
import { MODEL, newSession, OTHER as BROKEN, turnForm } from '../generative/talk.js';
import { Caller } from './caller.js';
import { type FakeRegistry, fakeRegistry, folderFiles, packed } from './plugin-registry.js';
import { session as newModelSession, trained } from './training.js';

const PLUGIN = 'millrace-plugin-max-error';

let models: string;
let registry: FakeRegistry;
let millrace: RunningMillrace;
let api: Caller;
/** Set where a machine without the engine is a fault of the machine, as in `npm run accept`. */
const MUST_RUN = process.env['MILLRACE_NO_SKIPS'] === 'on';
/** Why the engine is not here; the tests then say so instead of passing. */
let missing: string | null = null;
beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'millrace-models-'));
  const model = tinyGguf();
  await writeFile(join(models, `${MODEL}.gguf`), model);
  await writeFile(join(models, `${BROKEN}.gguf`), model.subarray(0, model.length / 2));
  registry = await fakeRegistry();
  registry.publish(PLUGIN, '1.0.0', packed(folderFiles(`examples/${PLUGIN}`)));
  // Everything here holds with plugins turned on, whose children may not start the processes that the engine starts.
  const plugins = { MILLRACE_PLUGINS: 'on', MILLRACE_PLUGIN_REGISTRY: registry.url };
  const env = { MILLRACE_MODELS: models, MILLRACE_THREADS: '1', ...plugins };
  millrace = await startMillrace({ backend: 'postgres', env });
  api = new Caller(millrace.url);
  const { id } = await api.ok<{ id: string }>('POST', `/component/${MODEL}/download`);
  const end = await api.end(id, 110_000);
  if (end.status === 'finished') return;
  missing = end.error ?? 'no reason';
  if (MUST_RUN)
    throw new Error(`the engine for GGUF models could not be installed, and nothing may be skipped: ${missing}`);
  console.warn(`SKIPPED: the engine for GGUF models could not be installed here, its tests did not run: ${missing}`);
});
afterAll(async () => {
  await (millrace as RunningMillrace | undefined)?.stop();
  await registry.close();
  await rm(models, { recursive: true });
});

const session = async (name: string, parameters: object): Promise<number> =>
  (await api.ok<{ id: number }>('POST', '/generative-session/', newSession(name, { parameters }))).id;
const turn = async (id: number, text: string): Promise<number> =>
  (await api.ok<{ id: number }>('POST', '/generative-process/', turnForm(id, { text_0: text }))).id;
/** The answer of a turn, computed now. */
const answer = async (process: number): Promise<string> => {
  await api.run('GenerativeJob', { generative_process_id: process });
  const { output } = await api.ok<WireGenerativeProcess>('GET', `/generative-process/${process}`);
  expect(output).toHaveLength(1);
  expect(output[0]!.data.length).toBeGreaterThan(0);
  return output[0]!.data;
};

describe('the real engine', () => {
  it('is installed by the download: this platform alone, no more than it needs', async (test) => {
    test.skip(missing !== null, missing ?? '');
    const [engine, other] = await readdir(join(millrace.home, 'engines'));
    expect([engine, other]).toEqual(['node-llama-cpp-3.22.1', undefined]);
    const platforms = await readdir(join(millrace.home, 'engines', engine!, 'node_modules', '@node-llama-cpp'));
    expect(platforms).toEqual([`${process.platform}-${process.arch}`]);
  });

  it('answers, and the turns before reach the model', async (test) => {
    test.skip(missing !== null, missing ?? '');
    // Without temperature no seed has a say: what differs, differs by what the model was told.
    const parameters = { max_tokens: 24, context_window: 512, temperature: 0 };
    const talk = await session('with a turn before', parameters);
    await answer(await turn(talk, 'hello'));
    const after = await answer(await turn(talk, 'and again'));
    const alone = [];
    for (const name of ['without', 'without once more'])
      alone.push(await answer(await turn(await session(name, parameters), 'and again')));
    expect(alone[1]).toBe(alone[0]);
    expect(after).not.toBe(alone[0]);
  });

  it('gives the same answer to the same turn', async (test) => {
    test.skip(missing !== null, missing ?? '');
    const process = await turn(await session('same', { max_tokens: 20, temperature: 1 }), 'hello');
    const first = await answer(process);
    expect(await answer(process)).toBe(first);
  });

  it('and a plugin work in one server, by turns in one slot', async (test) => {
    test.skip(missing !== null, missing ?? '');
    const [plugin] = await api.ok<{ id: number }[]>('POST', '/plugin/', [{ name: PLUGIN }]);
    await api.ok('PATCH', `/plugin/${plugin!.id}`, { new_status: 2 });
    const rows = Array.from({ length: 50 }, (_, i) => `${i}.5,${(i * 7) % 5}.25`);
    const dataset = await api.dataset('numbers', ['x,y', ...rows].join('\n'));
    const fields = { task_name: 'RegressionTask', input_columns: ['x'], output_columns: ['y'] };
    const metrics = { train_metrics: [], validation_metrics: [], test_metrics: ['MaxError'] };
    const scored = await api.ok<{ id: number }>(
      'POST',
      '/model-session/',
      newModelSession(dataset.id, 'worst', { ...fields, ...metrics }),
    );
    // The name of a component in a conversation is a word, and not a wish for its plugin.
    const talk = await session('beside a plugin', { max_tokens: 6, context_window: 256 });
    for (const text of ['MaxError', 'and again']) {
      expect((await trained(api, scored.id, 'LinearRegression')).test_metrics?.['MaxError']).toBeGreaterThan(0);
      await answer(await turn(talk, text));
    }
  });

  it('tells its words while they come, and stops in the middle when it is cancelled', async (test) => {
    test.skip(missing !== null, missing ?? '');
    const parameters = { max_tokens: 1_000_000, context_window: 1024 };
    const process = await turn(await session('endless', parameters), 'tell me everything');
    const job = await api.submit('GenerativeJob', { generative_process_id: process });
    // There is a share of progress from the first word on; what is told then are the words.
    const told = new Set<string>();
    while (told.size < 2) {
      const status = await api.ok<{ status: string; progress: number | null; progress_message: string | null }>(
        'GET',
        `/job/status/${job}`,
      );
      expect(['not_started', 'started']).toContain(status.status);
      if (status.progress !== null) told.add(status.progress_message ?? '');
    }
    const [early, later] = [...told] as [string, string];
    expect(early).not.toBe('');
    // Of a long text the end is told.
    if (!later.startsWith('…')) expect(later.startsWith(early)).toBe(true);
    await api.ok('DELETE', `/job/${job}`);
    expect((await api.end(job)).status).toBe('cancelled');
  });

  it('says what it cannot do', async (test) => {
    test.skip(missing !== null, missing ?? '');
    const end = async (process: number) =>
      (await api.end(await api.submit('GenerativeJob', { generative_process_id: process }))).error;
    const small = await session('small window', { context_window: 64 });
    expect(await end(await turn(small, 'x'.repeat(500)))).toContain('do not fit the context window of 64');
    await api.end((await api.ok<{ id: string }>('POST', `/component/${BROKEN}/download`)).id);
    await api.ok('PATCH', `/generative-session/${small}?model_name=${BROKEN}`);
    const said = await end(await turn(small, 'hello'));
    expect(said).toContain(`The model file of "${BROKEN}" cannot be used`);
    expect(said).not.toContain(models);
  });
});
