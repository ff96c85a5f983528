import type { StorySentence } from '#contract';

import type { Dependence } from './dependence.js';

/** Turns smaller than this share of the whole swing are noise. */
const NOISE = 0.1;

/** What one chart of partial dependence says, about the answer that moves most. */
export function dependenceStory(
  { name, grid, average }: Dependence,
  targets: readonly string[],
  classes: boolean,
): StorySentence[] {
  const ranges = average.map((values) => [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))]);
  const swings = ranges.map(([low, high], target) => average[target]![high!]! - average[target]![low!]!);
  const target = swings.indexOf(Math.max(...swings));
  const values = average[target];
  if (!values) return [];
  const [low, high] = ranges[target]! as [number, number];
  const facts = { feature: name, target: targets[target]!, swing: swings[target]! };
  const kind = classes ? 'class' : 'number';
  if (!(swings[target]! > 1e-9)) return [{ code: `dependence-flat-${kind}`, values: facts }];
  const ends = { from: values[0]!, to: values.at(-1)!, first: grid[0]!, last: grid.at(-1)! };
  const extremes = { lowest: values[low]!, highest: values[high]!, at_lowest: grid[low]!, at_highest: grid[high]! };
  const steps = values.slice(1).map((value, at) => value - values[at]!);
  const against = (sign: number): number => steps.reduce((sum, step) => sum + Math.max(0, -sign * step), 0);
  const ordered = typeof grid[0] === 'number';
  const shape = !ordered
    ? 'levels'
    : against(1) <= NOISE * facts.swing
      ? 'rises'
      : against(-1) <= NOISE * facts.swing
        ? 'falls'
        : 'turns';
  return [{ code: `dependence-${shape}-${kind}`, values: { ...facts, ...ends, ...extremes } }];
}
