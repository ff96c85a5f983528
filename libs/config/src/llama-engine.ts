import { join } from 'node:path';

import type { Config } from './config.js';

/** Where the engine for GGUF models is once a download installed it: a folder per version, beside the data. */
interface LlamaEngine {
  readonly folder: string;
  /** The module to import. */
  readonly entry: string;
}

const PACKAGE = 'node-llama-cpp';
const VERSION = '3.22.1';

/** The engine of this release; it may not be there. */
export function llamaEngine({ home }: Pick<Config, 'home'>): LlamaEngine {
  const folder = join(home, 'engines', `${PACKAGE}-${VERSION}`);
  return { folder, entry: join(folder, 'node_modules', PACKAGE, 'dist', 'index.js') };
}
