import type { WireComponent } from '#contract';

import type { Ports } from '../ports.js';
import { wireComponent } from './wire-component.js';

/** Components whose nearest (or, when recursive, any) base class is `parent`. */
export function listChildren(ports: Ports, parent: string, recursive: boolean): Promise<WireComponent[]> {
  const children = ports.catalogue
    .all()
    .filter(({ ancestors }) => (recursive ? ancestors.includes(parent) : ancestors[0] === parent));
  return Promise.all(children.map((manifest) => wireComponent(ports, manifest)));
}
