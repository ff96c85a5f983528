import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startMillrace } from '#testing';

import { tinyGguf } from '../generative/tiny-gguf.js';
import { MODEL } from '../generative/talk.js';
import { startPretendedHubs } from './pretended-hubs.js';
import { startPretendedKaggle } from './pretended-kaggle.js';

/** One API and one worker for all files of this folder; their address travels in the environment. */
export async function setup(): Promise<() => Promise<void>> {
  const hubs = await startPretendedHubs();
  const kaggle = await startPretendedKaggle();
  const models = await mkdtemp(join(tmpdir(), 'millrace-models-'));
  await writeFile(join(models, `${MODEL}.gguf`), tinyGguf());
  const millrace = await startMillrace({
    backend: 'postgres',
    env: {
      MILLRACE_MODEL_HUB: hubs.url,
      MILLRACE_KAGGLE_URL: kaggle.url,
      MILLRACE_OPENML_URL: hubs.url,
      MILLRACE_ZENODO_URL: hubs.url,
      MILLRACE_MODELS: models,
      MILLRACE_TEXT_ENGINE: join(import.meta.dirname, '../generative/echo-engine.mjs'),
    },
  });
  process.env['MILLRACE_COMPAT_URL'] = millrace.url;
  return async () => {
    await millrace.stop();
    await hubs.stop();
    await kaggle.stop();
    await rm(models, { recursive: true });
  };
}
