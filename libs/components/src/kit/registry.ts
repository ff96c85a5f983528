import { AppError } from '#contract';

import type { Converter } from './converter.js';
import type { Credential } from './credential.js';
import type { DatasetSource } from './dataset-source.js';
import type { GlobalExplainer, LocalExplainer } from './explainer.js';
import type { GenerativeTask, TextModel } from './generative.js';
import type { Explorer } from './explorer.js';
import type { Loader } from './loader.js';
import type { Metric } from './metric.js';
import type { Model } from './model.js';
import type { Optimizer } from './optimizer.js';
import type { Report } from './report.js';
import type { Splitter } from './splitter.js';
import type { StatisticalTest } from './statistical-test.js';
import type { EvaluationStrategy } from './strategy.js';
import type { Task } from './task.js';

/** Any component; `kind` tells which. */
export type Component =
  | Task
  | GenerativeTask
  | TextModel
  | Model
  | Metric
  | Loader
  | DatasetSource
  | Credential
  | Converter
  | Explorer
  | GlobalExplainer
  | LocalExplainer
  | Report
  | StatisticalTest
  | Optimizer
  | Splitter
  | EvaluationStrategy;
/** The value of `kind`, for example `regression-metric`; several kinds may share one type of the wire. */
export type ComponentKind = Component['kind'];
/** The component of one kind, or of any of several. */
export type ComponentOf<K extends ComponentKind> = Extract<Component, { readonly kind: K }>;

/** Components by name. */
export interface Registry {
  readonly all: readonly Component[];
  /**
   * The component of this name, which must be of one of these kinds.
   * @throws AppError `component-not-found` {name}.
   */
  find<K extends ComponentKind>(name: string, ...kinds: readonly K[]): ComponentOf<K>;
}

/** A registry that components of plugins can be added to. */
export interface GrowingRegistry extends Registry {
  /**
   * Puts these beside the components it was made with, in place of those it was given before.
   * @returns names that are taken and were left out.
   */
  extend(more: readonly Component[]): readonly string[];
}

/** A registry of these components. Two of one name: RangeError, at start-up. */
export function createRegistry(own: readonly Component[]): GrowingRegistry {
  const byName = new Map<string, Component>();
  for (const component of own) {
    if (byName.has(component.name)) throw new RangeError(`two components are called ${component.name}`);
    byName.set(component.name, component);
  }
  const ownNames = new Set(byName.keys());
  return {
    get all() {
      return [...byName.values()];
    },
    extend: (more) => {
      for (const name of byName.keys()) if (!ownNames.has(name)) byName.delete(name);
      const taken: string[] = [];
      for (const component of more) {
        if (byName.has(component.name)) taken.push(component.name);
        else byName.set(component.name, component);
      }
      return taken;
    },
    find: <K extends ComponentKind>(name: string, ...kinds: readonly K[]) => {
      const found = byName.get(name);
      if (!found || !(kinds as readonly ComponentKind[]).includes(found.kind))
        throw new AppError('component-not-found', { name });
      return found as ComponentOf<K>;
    },
  };
}
