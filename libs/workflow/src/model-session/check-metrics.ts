import { AppError, type ComponentManifest, type LocalText, phrase } from '#contract';

import type { Catalogue } from '../component/catalogue.js';

const NO_METRIC: LocalText = {
  en: 'the metric {metric} does not judge it',
  es: 'la métrica {metric} no la evalúa',
  pt: 'a métrica {metric} não a avalia',
  de: 'die Metrik {metric} beurteilt sie nicht',
  zh: '指标 {metric} 不适用于它',
};

/** Whether metrics judge a task. @throws AppError `task-columns-invalid` {reason} for the first that does not. */
export function checkMetrics(
  catalogue: Catalogue,
  { name: task }: Pick<ComponentManifest, 'name'>,
  metrics: Iterable<string>,
): void {
  const suited = new Set(catalogue.related(task).map(({ name }) => name));
  for (const metric of metrics)
    if (!suited.has(metric))
      throw new AppError('task-columns-invalid', { task, reason: phrase(NO_METRIC, { metric }) });
}
