import type { WireComponent } from '#contract';
import { AppError } from '#contract';

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
 * The components that pass every filter.
 * @throws AppError `component-type-unknown`, `component-not-registered`.
 */
export function listComponents({ catalogue }: Ports, filters: ComponentFilters): WireComponent[] {
  const {
    select_types: select,
    ignore_types: ignore,
    related_component: related,
    component_parent: parent,
    has_related_of_type: of,
  } = filters;
  const types = new Set<string>(catalogue.all().map(({ type }) => type));
  for (const type of [...(select ?? []), ...(ignore ?? []), ...(of === undefined ? [] : [of])]) {
    if (!types.has(type)) throw new AppError('component-type-unknown', { type, available: [...types].join(', ') });
  }
  if (related !== undefined) catalogue.get(related);
  return (related === undefined ? catalogue.all() : catalogue.related(related))
    .filter(({ type }) => !select || select.includes(type))
    .filter(({ type }) => !ignore?.includes(type))
    .filter(({ name, ancestors }) => parent === undefined || name === parent || ancestors.includes(parent))
    .filter(({ name }) => of === undefined || catalogue.related(name).some(({ type }) => type === of))
    .map(wireComponent);
}
