/**
 * One tree or an ensemble as flat arrays over all nodes, a plain value. Node `i` sends a row left, to `left[i]`, when
 * its feature is at most `threshold[i]`, otherwise right, to `left[i] + 1`: siblings are neighbours.
 */
export interface Trees {
  /** Columns of `value`: one per class (fractions of weight, sum 1), or 1 for a regression. */
  readonly outputs: number;
  /** The first node of every tree. */
  readonly roots: Int32Array;
  /** Column tested at a node; −1 at a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  /** Node-major: `value[i * outputs + k]`, for inner nodes too. */
  readonly value: Float64Array;
  /** Training rows that reached the node (rows drawn twice count once), and their weight. */
  readonly samples: Int32Array;
  readonly weight: Float64Array;
  /** The node's impurity in the units of the criterion (entropy in bits). */
  readonly impurity: Float64Array;
}

const perNode = ['feature', 'threshold', 'left', 'samples', 'weight', 'impurity'] as const;

/** Growing arrays of nodes: room for children is given out in pairs. */
export class NodeBuffer {
  count = 0;
  private room = 64;
  feature = new Int32Array(this.room);
  threshold = new Float64Array(this.room);
  left = new Int32Array(this.room);
  value: Float64Array;
  samples = new Int32Array(this.room);
  weight = new Float64Array(this.room);
  impurity = new Float64Array(this.room);

  constructor(readonly outputs: number) {
    this.value = new Float64Array(this.room * outputs);
  }

  /** The first of `nodes` new neighbouring nodes, all leaves for now. */
  add(nodes: number): number {
    const first = this.count;
    this.count += nodes;
    if (this.count > this.room) this.grow();
    this.feature.fill(-1, first, this.count);
    return first;
  }

  private grow(): void {
    this.room *= 2;
    const grown = <A extends Int32Array | Float64Array>(larger: A, old: A): A => {
      larger.set(old);
      return larger;
    };
    this.feature = grown(new Int32Array(this.room), this.feature);
    this.threshold = grown(new Float64Array(this.room), this.threshold);
    this.left = grown(new Int32Array(this.room), this.left);
    this.value = grown(new Float64Array(this.room * this.outputs), this.value);
    this.samples = grown(new Int32Array(this.room), this.samples);
    this.weight = grown(new Float64Array(this.room), this.weight);
    this.impurity = grown(new Float64Array(this.room), this.impurity);
  }

  /** The nodes as one tree, cut to size. */
  tree(): Trees {
    const { count, outputs } = this;
    return {
      outputs,
      roots: Int32Array.of(0),
      feature: this.feature.slice(0, count),
      threshold: this.threshold.slice(0, count),
      left: this.left.slice(0, count),
      value: this.value.slice(0, count * outputs),
      samples: this.samples.slice(0, count),
      weight: this.weight.slice(0, count),
      impurity: this.impurity.slice(0, count),
    };
  }
}

/** Several trees (at least one) as one value, in order. */
export function joinTrees(parts: readonly Trees[]): Trees {
  const outputs = parts[0]!.outputs;
  const nodes = parts.reduce((sum, part) => sum + part.feature.length, 0);
  const joined = {
    outputs,
    roots: new Int32Array(parts.reduce((sum, part) => sum + part.roots.length, 0)),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    value: new Float64Array(nodes * outputs),
    samples: new Int32Array(nodes),
    weight: new Float64Array(nodes),
    impurity: new Float64Array(nodes),
  };
  let node = 0;
  let tree = 0;
  for (const part of parts) {
    for (const key of perNode) joined[key].set(part[key], node);
    joined.value.set(part.value, node * outputs);
    for (let i = 0; i < part.left.length; i++) joined.left[node + i]! += node;
    for (const root of part.roots) joined.roots[tree++] = root + node;
    node += part.feature.length;
  }
  return joined;
}
