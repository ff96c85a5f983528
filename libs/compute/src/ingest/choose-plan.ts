import { registry } from '#components';
import { parseParameters, type ComponentChoice, type ReadPlan } from '#contract';

/**
 * How a file is read: the plan its loader makes, and for a `.zip` which of its files count.
 * @throws AppError `component-not-registered`, `parameters-invalid`.
 */
export function choosePlan(
  choice: ComponentChoice,
  filename: string,
): { plan: ReadPlan; archive: readonly string[] | undefined } {
  const loader = registry.find(choice.component, 'loader');
  const plan = loader.plan(parseParameters(loader.params, choice.params));
  const zipped = /\.zip$/i.test(filename) && !loader.extensions.includes('.zip');
  return { plan, archive: zipped ? loader.extensions : undefined };
}
