import * as contract from '#contract';
import { type Component, type ComponentKind, manifestOf, parametersFor, pluginKit } from '#components';
import * as frame from '#frame';
import * as learn from '#learn';
import * as linalg from '#linalg';
import * as plots from '#plots';

import { PackageError } from './read-package.js';

/** What a plugin builds its components with; the same libraries ours are built with. */
export const toolbox = { contract, frame, learn, linalg, plots, kit: pluginKit } as const;

/** Functions a component of each kind must have; kinds that are not here cannot come from plugins. */
const FUNCTIONS: Readonly<Partial<Record<ComponentKind, readonly string[]>>> = {
  task: [],
  classifier: ['fit', 'predict'],
  regressor: ['fit', 'predict'],
  'classification-metric': ['score'],
  'regression-metric': ['score'],
  loader: [],
  converter: [],
  explorer: ['explore'],
  'global-explainer': ['explain'],
  'local-explainer': ['explain'],
  optimizer: [],
  splitter: [],
  strategy: [],
};
const NAME = /^[A-Z][A-Za-z0-9]{1,79}$/;
const MAX_COMPONENTS = 200;
const MANIFEST_BYTES = 512 * 1024;

/**
 * The components a plugin's module exports as `components`: a list, or a function from the toolbox to a list.
 * @throws PackageError saying what is wrong with which.
 */
export async function pluginComponents(exported: Readonly<Record<string, unknown>>): Promise<readonly Component[]> {
  const given: unknown = exported['components'];
  const list: unknown = typeof given === 'function' ? await (given as (box: unknown) => unknown)(toolbox) : given;
  if (!Array.isArray(list) || list.length === 0)
    throw new PackageError('its module exports no list of components under the name “components”');
  if (list.length > MAX_COMPONENTS) throw new PackageError(`it brings more than ${MAX_COMPONENTS} components`);
  const components = list.map(checked);
  const names = components.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new PackageError(`it brings two components called ${twice}`);
  return components;
}

function checked(given: unknown, index: number): Component {
  if (typeof given !== 'object' || given === null) throw new PackageError(`component ${index + 1} is not an object`);
  const candidate = given as Record<string, unknown>;
  const { name, kind } = candidate;
  if (typeof name !== 'string' || !NAME.test(name))
    throw new PackageError(`component ${index + 1} has no name like NearestCentroid`);
  const functions =
    typeof kind === 'string' && Object.hasOwn(FUNCTIONS, kind) ? FUNCTIONS[kind as ComponentKind] : undefined;
  if (functions === undefined) throw new PackageError(`${name} is of no kind that a plugin may bring`);
  const lacking = functions.find((method) => typeof candidate[method] !== 'function');
  if (lacking !== undefined) throw new PackageError(`${name} has no function ${lacking}`);
  const component = given as Component;
  refuseTexts(component);
  try {
    parametersFor(component, {});
    const text = JSON.stringify(manifestOf(component));
    if (text.length > MANIFEST_BYTES) throw new PackageError(`${name} says too much of itself`);
  } catch (error) {
    if (error instanceof PackageError) throw error;
    throw new PackageError(`${name} cannot be described: ${said(error)}`, { cause: error });
  }
  return component;
}

function refuseTexts({ name, params, texts }: Component): void {
  const record = (value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const wanted = Object.keys(record(params));
  for (const locale of contract.LOCALES) {
    const text = record(record(texts)[locale]);
    const labels = record(text['params']);
    const pairs = wanted.every((key) => {
      const pair = labels[key];
      return Array.isArray(pair) && pair.length === 2 && pair.every((word) => typeof word === 'string');
    });
    if (typeof text['name'] !== 'string' || typeof text['summary'] !== 'string' || !pairs)
      throw new PackageError(`${name} lacks texts in the language ${locale}`);
  }
}

/** One line of what an error says, for a person who did not write the plugin. */
export const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!.slice(0, 300);
