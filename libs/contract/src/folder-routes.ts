import { z } from 'zod';

import { IdParams, Nothing, route } from './route.js';
import { wireRow } from './wire.js';

/** A folder of data sets; names are unique. */
export const WireFolder = z.object({ ...wireRow, name: z.string() }).meta({ id: 'Folder' });
export type WireFolder = z.infer<typeof WireFolder>;

const tag = 'folder';
const NameBody = z.object({ name: z.string().max(200) });

/** `/folder/`: folders of data sets. */
export const folderRoutes = {
  list: route({
    method: 'GET',
    path: '/folder/',
    tag,
    summary: 'List folders by name',
    status: 200,
    answer: z.array(WireFolder),
  }),
  create: route({
    method: 'POST',
    path: '/folder/',
    tag,
    summary: 'Create a folder',
    body: NameBody,
    status: 201,
    answer: WireFolder,
    errors: ['name-empty', 'name-exists'],
  }),
  rename: route({
    method: 'PATCH',
    path: '/folder/:id',
    tag,
    summary: 'Rename a folder',
    params: IdParams,
    body: NameBody,
    status: 200,
    answer: WireFolder,
    errors: ['folder-not-found', 'name-empty', 'name-exists'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/folder/:id',
    tag,
    summary: 'Delete a folder; its data sets stay',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['folder-not-found'],
  }),
} as const;
