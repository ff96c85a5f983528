/** Asks the API for JSON. @throws Error with its answer when it says no. */
export async function ask<T>(url: string, body?: string): Promise<T> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
  return (await answer.json()) as T;
}

/** A new run to log to. */
export const openRun = async (base: string, name: string): Promise<number> =>
  (await ask<{ id: number }>(`${base}/tracked-run/`, JSON.stringify({ name }))).id;

/** The smallest value that so many of a hundred are not above, rounded. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))]! * 100) / 100;
}
