import type { HubDataset, HubQuery } from '#contract';

import type { Ports } from '../ports.js';
import { sourceNamed } from './sources.js';

/** Data sets of a hub that fit. @throws AppError `dataset-source-unknown`, `dataset-source-failed`. */
export function searchHub(
  ports: Ports,
  name: string,
  query: HubQuery,
): Promise<{ results: HubDataset[]; next_cursor: string | null }> {
  const { source, hub } = sourceNamed(ports, name);
  return source.search(hub, query);
}

/** What a hub says of one; an empty object when it has none of this id. @throws AppError as {@link searchHub}. */
export async function describeHubDataset(
  ports: Ports,
  name: string,
  id: string,
): Promise<Pick<HubDataset, 'id' | 'description' | 'tags' | 'size_bytes'> | Record<string, never>> {
  const { source, hub } = sourceNamed(ports, name);
  const found = await source.info(hub, id);
  if (!found) return {};
  const { description, tags, size_bytes } = found;
  return { id, description, tags, size_bytes };
}
