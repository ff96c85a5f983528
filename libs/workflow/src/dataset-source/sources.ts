import { AppError } from '#contract';

import type { Ports } from '../ports.js';
import type { HubSource } from './dataset-source.js';
import { openHub, type HubClient } from './hub-client.js';
import { huggingFace } from './hugging-face.js';
import { kaggle } from './kaggle.js';
import { openMl } from './open-ml.js';
import { zenodo } from './zenodo.js';

const sources: readonly HubSource[] = [huggingFace, kaggle, openMl, zenodo];

/** A source with the way to its hub. @throws AppError `dataset-source-unknown` {name}. */
export function sourceNamed(ports: Ports, name: string): { source: HubSource; hub: HubClient } {
  const source = sources.find((one) => one.name === name);
  const manifest = ports.catalogue.find(name);
  if (!source || manifest?.type !== 'DatasetSource') throw new AppError('dataset-source-unknown', { name });
  const [credential] = manifest.metadata['optional_credentials'] as readonly string[];
  return { source, hub: openHub(ports, name, ports.config.dataHubs[name]!, credential) };
}
