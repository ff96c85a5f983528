import type { Random } from '#linalg';

import { generations } from './generations.js';
import { randomSampler } from './random-sampler.js';
import type { Observation, Sampler } from './sampler.js';

const populationSize = 50;
const crossoverShare = 0.9;

const better = (a: Observation, b: Observation): number => a.loss - b.loss || a.number - b.number;

/** The better of two drawn at random. */
function tournament(parents: readonly Observation[], { below }: Random): Observation {
  const a = parents[below(parents.length)]!;
  const b = parents[below(parents.length)]!;
  return better(a, b) <= 0 ? a : b;
}

/**
 * An elitist genetic algorithm: the best 50 so far are parents; children mix the parameters of two winners of tournaments,
 * and each parameter is drawn anew with chance 1 / their number. NSGA-II (Deb et al. 2002) with one objective and Optuna's
 * settings. The first 50 trials are random.
 */
export function evolutionSampler(): Sampler {
  return (history, number, random) => {
    const fresh = randomSampler(history, number, random);
    let parents: Observation[] = [];
    for (const adults of generations(history.finished, populationSize))
      parents = [...parents, ...adults].sort(better).slice(0, populationSize);
    if (parents.length === 0) return fresh;
    const mother = tournament(parents, random).point;
    const father = random.float() < crossoverShare ? tournament(parents, random).point : mother;
    return fresh.map((value, d) => {
      if (random.float() < 1 / fresh.length) return value;
      return random.float() < 0.5 ? mother[d]! : father[d]!;
    });
  };
}
