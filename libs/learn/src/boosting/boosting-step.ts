/** What the threads do together next, in `parts` that do not touch each other. */
export const stepKind = {
  /** A block of rows: puts them into their own order and, when `output` is 0, fills their pairs. */
  begin: 0,
  /** A block of the node's rows: divides them at the split. */
  divide: 1,
  /** The same block: puts its rows where they belong and gathers their pairs if they are to be counted. */
  join: 2,
  /** Some columns: counts rows, takes a histogram off another, looks for splits. What is 0 is left out. */
  columns: 3,
  /** A leaf: adds its value to the raw scores of its rows. */
  leaves: 4,
} as const;

/** Places in the float64s of a step. */
export const field = {
  kind: 0,
  parts: 1,
  output: 2,
  /** The node in the order of rows: to be divided, or to be counted. */
  start: 3,
  rows: 4,
  feature: 5,
  bin: 6,
  alsoLeft: 7,
  leftRows: 8,
  /** Which side to gather: 0 none, 1 left, 2 right. */
  gather: 9,
  /** Address of the histogram to count into. */
  count: 10,
  /** Address of the histogram to take that off. */
  subtract: 11,
  /** Two nodes to look for splits of: address of the histogram, then gradient, hessian, rows and value. */
  nodes: 12,
} as const;
/** Float64s of one of the `nodes`. */
export const nodeFields = 5;
