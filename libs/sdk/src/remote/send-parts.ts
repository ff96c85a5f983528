import { HttpError } from '#client';

import { readJson, writeJson } from '../values/numbers-json.js';
import type { JsonParcel } from './parcel.js';

/** How a server names the item it does not take: `dataPoints.3.note`. */
const NAMED = /\b(?:dataPoints|rows|logs|lines|entries)\.(\d+)\b/;
const LISTS = ['dataPoints', 'logs', 'entries'] as const;

/**
 * Sends a parcel. Of one that is refused for an item the server names, that item is kept for a person and the rest is sent: one bad row
 * keeps none of the others.
 */
export async function sendParts(
  parcel: JsonParcel,
  send: (body: string) => Promise<unknown>,
  reject: (parcel: JsonParcel, why: HttpError) => void,
): Promise<void> {
  const rest: JsonParcel[] = [parcel];
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    try {
      await send(part.body);
    } catch (error) {
      const [before, bad, after] = error instanceof HttpError ? partsOf(part, error) : [];
      if (bad === undefined) throw error;
      reject(bad, error as HttpError);
      if (after) rest.push(after);
      if (before) rest.push(before);
    }
  }
}

type Parts = readonly [before?: JsonParcel | undefined, bad?: JsonParcel, after?: JsonParcel | undefined];

/** What lies before the item that is named, that item, and what lies after it; nothing when none is named, or it is alone. */
function partsOf(parcel: JsonParcel, { status, detail }: HttpError): Parts {
  const at = Number(NAMED.exec(detail)?.[1] ?? NaN);
  if ((status !== 400 && status !== 422) || parcel.items < 2 || Number.isNaN(at)) return [];
  const body = readJson(parcel.body) as Readonly<Record<string, unknown>>;
  const key = LISTS.find((list) => Array.isArray(body[list]));
  const items = key === undefined ? [] : (body[key] as unknown[]);
  if (key === undefined || at >= items.length) return [];
  const part = (own: unknown[]): JsonParcel | undefined =>
    own.length === 0 ? undefined : { ...parcel, items: own.length, body: writeJson({ ...body, [key]: own }) };
  return [part(items.slice(0, at)), part([items[at]])!, part(items.slice(at + 1))];
}
