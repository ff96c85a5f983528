import type { WireComponent } from '#contract';

import type { Ports } from '../ports.js';
import { wireComponent } from './wire-component.js';

/** @throws AppError `component-not-found`. */
export function getComponent({ catalogue }: Ports, name: string): WireComponent {
  return wireComponent(catalogue.get(name, undefined, 'component-not-found'));
}
