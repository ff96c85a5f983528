import type { BoostedTrees } from './boosted-trees.js';
import type { BoostedNode } from './tree-grower.js';

/** Collects grown trees into the flat arrays of {@link BoostedTrees}. */
export class TreeWriter {
  private readonly roots: number[] = [];
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly left: number[] = [];
  private readonly missingLeft: number[] = [];
  private readonly value: number[] = [];
  private readonly samples: number[] = [];
  private readonly gain: number[] = [];

  constructor(
    private readonly thresholds: readonly Float64Array[],
    private readonly learningRate: number,
  ) {}

  add(nodes: readonly BoostedNode[]): void {
    const root = this.feature.length;
    this.roots.push(root);
    for (const { left, sums, split } of nodes) {
      const inner = left > 0 && split;
      this.feature.push(inner ? split.feature : -1);
      // Above the last bin of present values there are missing ones only.
      this.threshold.push(inner ? (this.thresholds[split.feature]![split.bin] ?? Infinity) : 0);
      this.left.push(inner ? root + left : 0);
      this.missingLeft.push(inner && split.missingLeft ? 1 : 0);
      this.value.push(inner ? 0 : sums.value * this.learningRate);
      this.samples.push(sums.rows);
      this.gain.push(inner ? split.gain : 0);
    }
  }

  trees(baseline: Float64Array): BoostedTrees {
    return {
      outputs: baseline.length,
      baseline,
      roots: Int32Array.from(this.roots),
      feature: Int32Array.from(this.feature),
      threshold: Float64Array.from(this.threshold),
      left: Int32Array.from(this.left),
      missingLeft: Uint8Array.from(this.missingLeft),
      value: Float64Array.from(this.value),
      samples: Int32Array.from(this.samples),
      gain: Float64Array.from(this.gain),
    };
  }
}
