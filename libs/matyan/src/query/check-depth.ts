import type { Expression } from './ast.js';
import { unreadable } from './query-error.js';

/** Chains like `1 + 1 + …` are deep trees without brackets; whoever walks them needs a frame for each level. */
const MAX_DEPTH = 400;

/** @throws QueryError when the tree is too deep to be walked */
export function checkDepth(query: Expression): void {
  const open: { node: object; depth: number; at: number }[] = [{ node: query, depth: 0, at: query.at }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    const at = 'at' in node ? (node.at as number) : next.at;
    if (depth > MAX_DEPTH) throw unreadable('operators-too-many', at, { limit: MAX_DEPTH });
    for (const child of Object.values(node) as unknown[]) {
      if (typeof child === 'object' && child !== null)
        open.push({ node: child, depth: depth + ('kind' in child ? 1 : 0), at });
    }
  }
}

/** Every expression of a query, the outermost first. */
export function* everyPart(query: Expression): Generator<Expression> {
  const open: object[] = [query];
  for (let node = open.pop(); node; node = open.pop()) {
    if ('kind' in node) yield node as Expression;
    for (const child of Object.values(node) as unknown[])
      if (typeof child === 'object' && child !== null) open.push(child);
  }
}
