/** How tightly operators bind, as in Python; `BINARY` in parse-query.ts has those between. */
export const POWER = { choice: 5, or: 10, and: 20, not: 30, compare: 40, unary: 110, power: 120 } as const;
