import { z } from 'zod';

import type { HubDataset } from '#contract';

import { type HubFile, type HubSource, plainText } from './dataset-source.js';

const NAME = 'KaggleDatasetSource';
const API = '/api/v1/datasets';
/** Data sets on a page of the hub, whatever number is asked for. */
const PAGE = 20;
const FILES = 200;
/** A data set of somebody else's that is not public. */
const CLOSED = [401, 403];

const Item = z.object({
  ref: z.string(),
  title: z.string().nullish(),
  subtitle: z.string().nullish(),
  description: z.string().nullish(),
  totalBytes: z.number().nullish(),
  tags: z.array(z.object({ name: z.string() })).nullish(),
});
const Files = z.object({
  datasetFiles: z.array(z.object({ name: z.string(), totalBytes: z.number().nullish() })).nullish(),
  nextPageToken: z.string().nullish(),
});

const wire = (
  base: string,
  { ref, title, subtitle, description, totalBytes, tags }: z.output<typeof Item>,
): HubDataset => ({
  id: ref,
  name: title || ref.split('/').at(-1)!,
  description: plainText(description || subtitle),
  tags: (tags ?? []).map(({ name }) => name),
  size_bytes: totalBytes ?? null,
  url: `${base}/datasets/${ref}`,
  source: NAME,
});
/** An id is `owner/name`; each part is a plain name. */
const pathOf = (id: string): string => id.split('/').map(encodeURIComponent).join('/');

/** Kaggle's public API: https://github.com/Kaggle/kaggle-api (KaggleSwagger.yaml). The cursor counts data sets. */
export const kaggle: HubSource = {
  name: NAME,
  search: async (hub, { q, limit, cursor, tags }) => {
    const offset = Math.max(0, Math.trunc(Number(cursor)) || 0);
    const query: Record<string, string | number> = { page: Math.floor(offset / PAGE) + 1 };
    if (q !== '') query['search'] = q;
    if (tags.length > 0) query['tagids'] = tags.join(',');
    const page = (await hub.json(`${API}/list`, z.array(Item), { query }))?.body ?? [];
    const start = offset % PAGE;
    const results = page.slice(start, start + limit).map((item) => wire(hub.base, item));
    const end = start + results.length;
    // Nothing says whether there is another page: a full one is followed by one that may be empty.
    const more = end < page.length || page.length >= PAGE;
    return { results, next_cursor: more && results.length > 0 ? String(offset + results.length) : null };
  },
  info: async (hub, id) => {
    const found = await hub.json(`${API}/view/${pathOf(id)}`, Item, { absent: CLOSED });
    return found && wire(hub.base, found.body);
  },
  files: async (hub, id) => {
    const files: HubFile[] = [];
    let token: string | null | undefined;
    do {
      const query = { pageSize: FILES, ...(token ? { pageToken: token } : {}) };
      const found = await hub.json(`${API}/list/${pathOf(id)}`, Files, { query });
      for (const { name, totalBytes } of found?.body.datasetFiles ?? [])
        files.push({
          name,
          url: `${hub.base}${API}/download/${pathOf(id)}/${encodeURIComponent(name)}`,
          sizeBytes: totalBytes ?? null,
        });
      token = found?.body.nextPageToken;
    } while (token && files.length < FILES);
    return files;
  },
};
