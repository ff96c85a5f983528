import type { HubDataset, HubQuery } from '#contract';

import type { HubClient } from './hub-client.js';

/** A file at a hub. */
export interface HubFile {
  readonly name: string;
  readonly url: string;
  readonly sizeBytes: number | null;
}

/** How one hub is asked; its answers are read with schemas, for nobody vouches for them. */
export interface HubSource {
  /** The component's name. */
  readonly name: string;
  search(hub: HubClient, query: HubQuery): Promise<{ results: HubDataset[]; next_cursor: string | null }>;
  /** Undefined when the hub has none of this id. */
  info(hub: HubClient, id: string): Promise<HubDataset | undefined>;
  /** All files of a data set, whatever they hold. */
  files(hub: HubClient, id: string): Promise<HubFile[]>;
}

/** Text of a page as plain text, cut where no reader goes on. */
export const plainText = (html: string | null | undefined): string =>
  (html ?? '').replaceAll(/<[^>]*>/g, '').slice(0, 20_000);
