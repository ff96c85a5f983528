import type { WireComponent } from '#contract';

import type { Ports } from '../ports.js';
import { wireComponent } from './wire-component.js';

/** @throws AppError `component-not-found`. */
export async function getComponent(ports: Ports, name: string): Promise<WireComponent> {
  return wireComponent(ports, ports.catalogue.get(name, undefined, 'component-not-found'));
}
