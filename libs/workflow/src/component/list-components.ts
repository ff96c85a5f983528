import type { WireComponent } from '#contract';
import { AppError, COMPONENT_TYPES } from '#contract';

import type { Ports } from '../ports.js';
import { wireComponent } from './wire-component.js';

/** Filters of the component list; all given ones must hold. */
export interface ComponentFilters {
  readonly select_types?: readonly string[] | undefined;
  readonly ignore_types?: readonly string[] | undefined;
  readonly related_component?: string | undefined;
  readonly component_parent?: string | undefined;
  readonly has_related_of_type?: string | undefined;
}

/**
 * The components that pass every filter. A type nobody has is fine, one that does not exist is not.
 * @throws AppError `component-type-unknown`, `component-not-registered`.
 */
export function listComponents(ports: Ports, filters: ComponentFilters): Promise<WireComponent[]> {
  const {
    select_types: select,
    ignore_types: ignore,
    related_component: related,
    component_parent: parent,
    has_related_of_type: of,
  } = filters;
  const { catalogue } = ports;
  for (const type of [...(select ?? []), ...(ignore ?? []), ...(of === undefined ? [] : [of])]) {
    if (!COMPONENT_TYPES.some((known) => known === type)) {
      throw new AppError('component-type-unknown', { type, available: COMPONENT_TYPES.join(', ') });
    }
  }
  if (related !== undefined) catalogue.get(related);
  const found = (related === undefined ? catalogue.all() : catalogue.related(related))
    .filter(({ type }) => !select || select.includes(type))
    .filter(({ type }) => !ignore?.includes(type))
    .filter(({ name, ancestors }) => parent === undefined || name === parent || ancestors.includes(parent))
    .filter(({ name }) => of === undefined || catalogue.related(name).some(({ type }) => type === of));
  return Promise.all(found.map((manifest) => wireComponent(ports, manifest)));
}
