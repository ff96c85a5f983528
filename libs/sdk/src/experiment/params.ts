import type { Sink } from '../sink.js';
import { flatten, type Leaves, unflatten } from '../values/flatten.js';
import type { Plain } from '../values/plain.js';

/** `exp.params`. */
export class Params {
  constructor(
    private readonly writable: () => Sink,
    private readonly open: () => Sink,
  ) {}

  /** Sets parameters beside those that are there. Objects become dotted keys; a class stands for its static fields. */
  set(values: object): this {
    const sink = this.writable();
    const leaves = flatten(values);
    if (Object.keys(leaves).length > 0) sink.params(leaves);
    return this;
  }

  /** The same as `set`. */
  log(values: object): this {
    return this.set(values);
  }

  /** All parameters: by dotted key, or nested with `flatten: false`. */
  get(options?: { readonly flatten?: true }): Promise<Leaves>;
  get(options: { readonly flatten: boolean }): Promise<Record<string, Plain>>;
  async get({ flatten: flat = true }: { readonly flatten?: boolean } = {}): Promise<Record<string, Plain>> {
    const leaves = await this.open().readParams();
    return flat ? leaves : unflatten(leaves);
  }
}
