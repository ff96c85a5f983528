import { pathToFileURL } from 'node:url';

import type { TextEngine } from '#components';
import { type Config, llamaEngine } from '#config';
import { AppError } from '#contract';

import { type LlamaModule, llamaTextEngine } from './llama-text-engine.js';

/**
 * What runs language models here: the configured module, else the engine a download installed.
 * @throws AppError `engine-failed` when it is not there or does not load.
 */
export async function openTextEngine(config: Config): Promise<TextEngine> {
  const { textEngineModule, threads } = config;
  try {
    if (textEngineModule !== undefined)
      return ((await import(pathToFileURL(textEngineModule).href)) as { textEngine: TextEngine }).textEngine;
    const library = (await import(pathToFileURL(llamaEngine(config).entry).href)) as LlamaModule;
    return llamaTextEngine(library, { threads, memoryBytes: config.childMemoryBytes });
  } catch (error) {
    // Where it lies is not the client's business.
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const said = error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
    throw new AppError('engine-failed', { reason: code ?? said.replaceAll(config.home, 'MILLRACE_HOME') });
  }
}
