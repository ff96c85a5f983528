import { z } from 'zod';

import type { HubDataset } from '#contract';

import { type HubSource, plainText } from './dataset-source.js';

const NAME = 'OpenMLDatasetSource';
const Id = z.union([z.number(), z.string()]).transform(String);
const Page = z.object({ data: z.object({ dataset: z.array(z.object({ did: Id, name: z.string() })) }) });
const Description = z.object({
  data_set_description: z.object({
    id: Id,
    name: z.string(),
    description: z.union([z.string(), z.array(z.string())]).nullish(),
    tag: z.union([z.string(), z.array(z.string())]).nullish(),
    url: z.string().nullish(),
  }),
});
/** What the API says where nothing fits: 372 no results, and unknown ids, both as HTTP 412. */
const NOTHING = [412];

const entry = (base: string, id: string, name: string): HubDataset => ({
  id,
  name,
  description: '',
  tags: [],
  size_bytes: null,
  url: `${base}/d/${id}`,
  source: NAME,
});

/** OpenML's REST API: https://www.openml.org/apis. A name is compared whole, one tag is taken. */
export const openMl: HubSource = {
  name: NAME,
  search: async (hub, { q, limit, cursor, tags }) => {
    const offset = Math.max(0, Math.trunc(Number(cursor)) || 0);
    const filters = [
      ...(q === '' ? [] : ['data_name', q]),
      ...(tags.length === 0 ? [] : ['tag', tags[0]!]),
      'status', 'active', 'limit', `${limit + 1}`, 'offset', `${offset}`,
    ]; // prettier-ignore
    const path = `/api/v1/json/data/list/${filters.map(encodeURIComponent).join('/')}`;
    const rows = (await hub.json(path, Page, { absent: NOTHING }))?.body.data.dataset ?? [];
    return {
      results: rows.slice(0, limit).map(({ did, name }) => entry(hub.base, did, name)),
      next_cursor: rows.length > limit ? String(offset + limit) : null,
    };
  },
  info: async (hub, id) => {
    const found = await hub.json(`/api/v1/json/data/${encodeURIComponent(id)}`, Description, { absent: NOTHING });
    if (!found) return undefined;
    const { name, description, tag } = found.body.data_set_description;
    return {
      ...entry(hub.base, id, name),
      description: plainText([description ?? []].flat().join('\n')),
      tags: [tag ?? []].flat(),
    };
  },
  files: async (hub, id) => {
    const found = await hub.json(`/api/v1/json/data/${encodeURIComponent(id)}`, Description, { absent: NOTHING });
    const url = found?.body.data_set_description.url;
    if (url == null || !URL.canParse(url)) return [];
    // The hub names files by number alone at times; what it serves then is ARFF.
    const name = new URL(url).pathname.split('/').at(-1) ?? '';
    return [{ name: /\.\w+$/.test(name) ? name : `${name}.arff`, url, sizeBytes: null }];
  },
};
