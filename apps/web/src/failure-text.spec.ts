import { expect, it } from 'vitest';

import { createClient } from '#client';
import { text } from '#i18n';

import { failureText } from './failure-text.js';

const failureOf = (fetch: typeof globalThis.fetch): Promise<unknown> =>
  createClient({ baseUrl: 'http://127.0.0.1:9', fetch, language: 'de' })
    .dataset.remove({ params: { id: 1 } })
    .catch((error: unknown) => error);
const say = (key: Parameters<typeof text>[0]): string => text(key, {}, 'de');

it('says in the language of the reader that nobody answers', async () => {
  const nobody = await failureOf(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(failureText(say, nobody)).toMatch(/^Millrace antwortet nicht\./);
});

it('leaves the sentence of the server as it is', async () => {
  const body = { detail: 'Es gibt keinen Datensatz 1.', code: 'dataset-not-found', values: { id: 1 } };
  const refused = await failureOf(() => Promise.resolve(Response.json(body, { status: 404 })));
  expect(failureText(say, refused)).toBe('Es gibt keinen Datensatz 1.');
});
