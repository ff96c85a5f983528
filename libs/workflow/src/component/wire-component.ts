import type { ComponentManifest, WireComponent } from '#contract';

import type { Ports } from '../ports.js';
import { isDownloaded } from './download-state.js';

/** A manifest as the wire has it; its texts are in all five languages and the edge picks the reader's. */
export async function wireComponent(ports: Ports, manifest: ComponentManifest): Promise<WireComponent> {
  return {
    name: manifest.name,
    type: manifest.type,
    configurable_object: manifest.schema !== null,
    schema: manifest.schema,
    metadata: manifest.metadata,
    description: manifest.description,
    display_name: manifest.displayName,
    color: manifest.color,
    required_credentials: [],
    optional_credentials: [...((manifest.metadata['optional_credentials'] as readonly string[] | undefined) ?? [])],
    credentials_satisfied: true,
    downloaded: await isDownloaded(ports, manifest),
  };
}
