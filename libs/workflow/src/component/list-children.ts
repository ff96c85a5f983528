import type { WireComponent } from '#contract';

import type { Ports } from '../ports.js';
import { wireComponent } from './wire-component.js';

/** Components whose nearest (or, when recursive, any) base class is `parent`. */
export function listChildren({ catalogue }: Ports, parent: string, recursive: boolean): WireComponent[] {
  return catalogue
    .all()
    .filter(({ ancestors }) => (recursive ? ancestors.includes(parent) : ancestors[0] === parent))
    .map(wireComponent);
}
