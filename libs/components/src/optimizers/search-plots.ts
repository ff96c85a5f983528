import type { Choice } from '#learn';
import { parameterImportance } from '#learn';
import { barsFigure, contourFigure, figureArtifact, linesFigure, panelsFigure } from '#plots';

import type { SearchGoal, SearchPlots, SearchSpace, Trial } from '../kit/optimizer.js';
import { words } from './search-words.js';
import { learnSpace } from './search-space.js';

/** A trial that could be fitted. */
interface Scored {
  readonly number: number;
  readonly values: Readonly<Record<string, unknown>>;
  readonly value: number;
}

/** The figures of a search: values by trial, by parameter, by the two parameters that mattered most, and how much each did. */
export function searchPlots(space: SearchSpace, goal: SearchGoal, trials: readonly Trial[]): SearchPlots {
  const scored = trials.flatMap(({ values, value }, number) => (value === null ? [] : [{ number, values, value }]));
  const names = Object.keys(space);
  const ranked = names.length > 1 && scored.length > 1 ? importances(space, goal, scored) : [];
  const [first, second] = ranked;
  return {
    history: figureArtifact(history(goal, scored)),
    slice: figureArtifact(slice(space, goal, scored)),
    contour: first && second ? figureArtifact(contour(space, goal, scored, [first.name, second.name])) : null,
    importance: first ? figureArtifact(barsFigure({ title: words.importance, x: words.share }, ranked, true)) : null,
  };
}

function history({ metric, maximize }: SearchGoal, scored: readonly Scored[]) {
  const numbers = scored.map(({ number }) => number);
  const better = maximize ? Math.max : Math.min;
  let best = maximize ? -Infinity : Infinity;
  const reached = scored.map(({ value }) => (best = better(best, value)));
  return linesFigure({ title: words.byTrial, x: words.trial, y: metric }, [
    { name: metric, x: numbers, y: scored.map(({ value }) => value), mode: 'markers' },
    { name: words.bestSoFar, x: numbers, y: reached },
  ]);
}

function slice(space: SearchSpace, { metric }: SearchGoal, scored: readonly Scored[]) {
  const panels = Object.keys(space).map((name) => ({
    x: coordinates(space, name, scored),
    y: scored.map(({ value }) => value),
    label: name,
    log: isLog(space, name),
  }));
  return panelsFigure({ title: words.byParameter, y: metric }, panels);
}

function contour(
  space: SearchSpace,
  { metric, maximize }: SearchGoal,
  scored: readonly Scored[],
  [x, y]: readonly [string, string],
) {
  return contourFigure(
    { title: words.byTwoParameters, x, y },
    {
      x: coordinates(space, x, scored),
      y: coordinates(space, y, scored),
      z: scored.map(({ value }) => value),
      log: { x: isLog(space, x), y: isLog(space, y) },
      colorbar: metric,
      largerIsBetter: maximize,
    },
  );
}

function importances(space: SearchSpace, { maximize }: SearchGoal, scored: readonly Scored[]) {
  const trials = scored.map(({ values, value }) => ({ params: values as Readonly<Record<string, Choice>>, value }));
  const shares = parameterImportance(learnSpace(space), trials, maximize ? 'maximize' : 'minimize');
  return Object.entries(shares)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => b.value - a.value);
}

const isLog = (space: SearchSpace, name: string): boolean => {
  const dimension = space[name];
  return dimension?.kind !== 'choice' && dimension?.log === true && dimension.low > 0;
};

/** Values of one parameter: numbers, or words where the parameter has choices. */
function coordinates(space: SearchSpace, name: string, scored: readonly Scored[]): readonly (number | string)[] {
  const chosen = space[name]?.kind === 'choice';
  return scored.map(({ values }) => (chosen ? String(values[name]) : (values[name] as number)));
}
