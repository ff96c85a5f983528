import type { MatyanMessage } from '#contract';

/** A message's key as the store knows it. */
export const keyOf = ({ idempotency_key: key }: MatyanMessage): { key?: string } => (key === undefined ? {} : { key });

/** Of messages with one key the first: a frame may hold a message twice. */
export function onePerKey<T extends MatyanMessage>(messages: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return messages.filter(({ idempotency_key: key }) => {
    if (key === undefined) return true;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}
