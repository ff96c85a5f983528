import { z } from 'zod';

import type { HubDataset } from '#contract';

import { type HubSource, plainText } from './dataset-source.js';

const NAME = 'ZenodoDatasetSource';
const Item = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  metadata: z
    .object({
      title: z.string().nullish(),
      description: z.string().nullish(),
      keywords: z.array(z.string()).nullish(),
    })
    .default({}),
  files: z.array(z.object({ key: z.string(), size: z.number().nullish() })).nullish(),
  links: z.object({ self_html: z.string().nullish() }).default({}),
});
const Page = z.object({
  hits: z.object({ hits: z.array(Item) }),
  links: z.object({ next: z.string().nullish() }).default({}),
});

const wire = ({ id, metadata, files, links }: z.output<typeof Item>): HubDataset => ({
  id,
  name: metadata.title ?? id,
  description: plainText(metadata.description),
  tags: metadata.keywords ?? [],
  size_bytes: files ? files.reduce((sum, { size }) => sum + (size ?? 0), 0) : null,
  url: links.self_html ?? '',
  source: NAME,
});
/** A phrase of the search language, in which a quote and a backslash would end it. */
const phrase = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
const record = (id: string): string => `/api/records/${encodeURIComponent(id)}`;

/** Zenodo's REST API: https://developers.zenodo.org */
export const zenodo: HubSource = {
  name: NAME,
  search: async (hub, { q, limit, cursor, tags }) => {
    const page = Math.max(1, Math.trunc(Number(cursor)) || 1);
    const words = tags.map((tag) => `keywords:${phrase(tag)}`);
    const query = { q: [...(q === '' ? [] : [`(${q})`]), ...words].join(' AND '), type: 'dataset', page, size: limit };
    const found = await hub.json('/api/records', Page, { query });
    return {
      results: (found?.body.hits.hits ?? []).map(wire),
      next_cursor: found?.body.links.next == null ? null : String(page + 1),
    };
  },
  info: async (hub, id) => {
    const found = await hub.json(record(id), Item, { absent: [410] });
    return found && wire(found.body);
  },
  files: async (hub, id) => {
    const found = await hub.json(record(id), Item, { absent: [410] });
    return (found?.body.files ?? []).map(({ key, size }) => ({
      name: key,
      url: `${hub.base}${record(id)}/files/${encodeURIComponent(key)}/content`,
      sizeBytes: size ?? null,
    }));
  },
};
