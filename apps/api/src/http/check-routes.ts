import type { INestApplicationContext } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';

import { type Route, routes } from '#contract';

import { ROUTE } from './implements.decorator.js';

/**
 * Compares the contract with what controllers implement.
 * @throws Error naming every route without implementation, with two, or outside the contract.
 */
export function checkRoutes(app: INestApplicationContext): void {
  const declared: Route[] = Object.values(routes).flatMap((group) => Object.values(group) as Route[]);
  const counts = new Map<Route, number>(declared.map((route) => [route, 0]));
  for (const route of implemented(app)) counts.set(route, (counts.get(route) ?? NaN) + 1);
  const faults = [...counts]
    .filter(([, count]) => count !== 1)
    .map(([{ method, path }, count]) => {
      const fault = Number.isNaN(count) ? 'is not in `routes` of the contract' : `has ${count} implementations`;
      return `${method} ${path} ${fault}`;
    });
  if (faults.length > 0) throw new Error(`The API does not match its contract:\n  ${faults.join('\n  ')}`);
}

function implemented(app: INestApplicationContext): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const prototype = (metatype as { prototype: object } | null)?.prototype ?? {};
    return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) => {
      const method: unknown = value;
      const route: unknown = typeof method === 'function' ? Reflect.getMetadata(ROUTE, method) : undefined;
      return route === undefined ? [] : [route as Route];
    });
  });
}
