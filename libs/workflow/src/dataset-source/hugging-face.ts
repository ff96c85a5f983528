import { z } from 'zod';

import type { HubDataset } from '#contract';

import { type HubSource, plainText } from './dataset-source.js';

const NAME = 'HuggingFaceDatasetSource';
const Item = z.object({
  id: z.string(),
  description: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  usedStorage: z.number().nullish(),
  siblings: z.array(z.object({ rfilename: z.string(), size: z.number().nullish() })).nullish(),
});

const wire = (base: string, item: z.output<typeof Item>): HubDataset => ({
  id: item.id,
  name: item.id.split('/').at(-1)!,
  description: plainText(item.description),
  tags: item.tags ?? [],
  size_bytes: item.usedStorage ?? null,
  url: `${base}/datasets/${item.id}`,
  source: NAME,
});
/** An id is `owner/name`; each part is a plain name. */
const pathOf = (id: string): string => id.split('/').map(encodeURIComponent).join('/');

/** The Hub's REST API: https://huggingface.co/docs/hub/api */
export const huggingFace: HubSource = {
  name: NAME,
  search: async (hub, { q, limit, cursor, tags }) => {
    const query: Record<string, string | number> = { limit, full: 'true' };
    if (q !== '') query['search'] = q;
    if (tags.length > 0) query['filter'] = tags.join(',');
    if (cursor !== '') query['cursor'] = cursor;
    const found = await hub.json('/api/datasets', z.array(Item), { query });
    return {
      results: (found?.body ?? []).map((item) => wire(hub.base, item)),
      next_cursor: found?.next?.searchParams.get('cursor') ?? null,
    };
  },
  info: async (hub, id) => {
    const found = await hub.json(`/api/datasets/${pathOf(id)}`, Item, { absent: [401] });
    return found && wire(hub.base, found.body);
  },
  files: async (hub, id) => {
    const found = await hub.json(`/api/datasets/${pathOf(id)}`, Item, { query: { blobs: 'true' } });
    return (found?.body.siblings ?? []).map(({ rfilename, size }) => ({
      name: rfilename,
      url: `${hub.base}/datasets/${pathOf(id)}/resolve/main/${pathOf(rfilename)}`,
      sizeBytes: size ?? null,
    }));
  },
};
