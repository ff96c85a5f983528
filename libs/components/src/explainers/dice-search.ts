import { cellAt } from '#frame';
import { deriveSeed, random, type Random } from '#linalg';

import {
  type Candidate,
  type CellSpace,
  changedInputs,
  classify,
  distanceBetween,
  nearestKnown,
  wholeRow,
} from './cell-space.js';

/** What is searched for one row. */
export interface DiceQuestion {
  readonly space: CellSpace;
  readonly own: number;
  readonly codes: readonly number[];
  readonly wanted: (code: number) => boolean;
  readonly count: number;
  readonly seed: number;
}

/** Rows drawn for each number of changed inputs. */
const DRAWS = 200;
const POPULATION = 60;
const GENERATIONS = 30;
const MUTATION = 0.15;
/** Rows whose needless changes are taken back at most. */
const MOST_TRIED = 200;

/**
 * Changes ever more inputs at random to values that known rows have, until enough rows are answered as wanted. Source: R. K. Mothilal,
 * A. Sharma and C. Tan, Explaining Machine Learning Classifiers through Diverse Counterfactual Explanations, 2020 (DiCE, `random`).
 */
export function randomCandidates({ space, own, wanted, count, seed }: DiceQuestion): Candidate[] {
  const draws = random(deriveSeed(seed, `dice ${own}`));
  const inputs = space.stacked.columns.length;
  const found: Candidate[] = [];
  for (let changes = 1; changes <= inputs && found.length < count * 4; changes++) {
    const drawn = Array.from({ length: DRAWS }, () => changed(space, own, changes, draws));
    classify(space, drawn).forEach(({ code }, at) => {
      if (wanted(code)) found.push(drawn[at]!);
    });
  }
  return found;
}

/** The row with so many of its inputs taken from known rows. */
function changed(space: CellSpace, own: number, changes: number, draws: Random): Candidate {
  const candidate = wholeRow(space, own);
  const open = Array.from(candidate.keys());
  for (let place = 0; place < changes; place++) {
    const other = place + draws.below(open.length - place);
    [open[place], open[other]] = [open[other]!, open[place]!];
    candidate[open[place]!] = draws.below(space.known);
  }
  return candidate;
}

/** The nearest known rows that are answered as wanted. Source: as above, `kdtree`. */
export function knownCandidates({ space, own, codes, wanted, count }: DiceQuestion): Candidate[] {
  return nearestKnown(space, codes, wanted, own, 'l1')
    .slice(0, count * 4)
    .map(({ candidate }) => candidate);
}

/**
 * Breeds rows that are answered as wanted, near and with few changes: the better half stays, children take each input from one of two
 * parents, and some from the row itself or from a known one. Source: as above, `genetic` (after M. Schleich et al., GeCo, 2021).
 */
export function bredCandidates(question: DiceQuestion): Candidate[] {
  const { space, own, wanted, seed } = question;
  const draws = random(deriveSeed(seed, `dice ${own}`));
  const inputs = space.stacked.columns.length;
  const first = knownCandidates({ ...question, count: POPULATION / 8 });
  const drawn = Array.from({ length: POPULATION - first.length }, (_, at) =>
    changed(space, own, 1 + (at % inputs), draws),
  );
  // The living grow alike; what was good on the way is kept, so that there is something to choose from.
  const bred = new Map<string, Candidate>();
  const loss = (candidates: readonly Candidate[]): { candidate: Candidate; loss: number }[] =>
    classify(space, candidates).map(({ code, probabilities }, at) => {
      const candidate = candidates[at]!;
      const good = wanted(code);
      const chance = Math.max(0, ...probabilities.filter((_, target) => wanted(target)));
      if (good) bred.set(candidate.join(), candidate);
      const share = changedInputs(space, candidate, own).length / inputs;
      return {
        candidate,
        loss: (good ? 0 : 2 - chance) + distanceBetween(space, candidate, own, 'l1') / inputs + share,
      };
    });
  let living = loss([...first, ...drawn]);
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const parents = living.sort((a, b) => a.loss - b.loss).slice(0, POPULATION / 2);
    const children = Array.from({ length: POPULATION / 2 }, () => {
      const [mother, father] = [parents[draws.below(parents.length)]!, parents[draws.below(parents.length)]!];
      return mother.candidate.map((cell, at) => {
        if (draws.float() < MUTATION) return draws.below(2) === 0 ? own : draws.below(space.known);
        return draws.below(2) === 0 ? cell : father.candidate[at]!;
      });
    });
    living = [...parents, ...loss(children)];
  }
  return [...bred.values()];
}

/** Takes back every change that is not needed, the smallest first. */
function sparse({ space, own, wanted }: DiceQuestion, candidate: Candidate): Candidate {
  const single = (at: number): number => {
    const one = wholeRow(space, own);
    one[at] = candidate[at]!;
    return distanceBetween(space, one, own, 'l1');
  };
  let kept = candidate;
  for (const at of changedInputs(space, candidate, own).sort((a, b) => single(a) - single(b))) {
    const tried = kept.slice();
    tried[at] = own;
    if (wanted(classify(space, [tried])[0]!.code)) kept = tried;
  }
  return kept;
}

/** The nearest of these, each without needless changes, and rather such as change other inputs than those before. */
export function chosenCandidates(question: DiceQuestion, candidates: readonly Candidate[]): Candidate[] {
  const { space, own, count } = question;
  const far = (candidate: Candidate): number => distanceBetween(space, candidate, own, 'l1');
  const cellOf = (candidate: Candidate, at: number) => cellAt(space.stacked.columns[at]!, candidate[at]!);
  const cells = (candidate: Candidate): string =>
    JSON.stringify(changedInputs(space, candidate, own).map((at) => [at, cellOf(candidate, at)]));
  const distinct = new Map(candidates.map((candidate) => [candidate.join(), candidate])).values();
  const nearest = [...distinct].sort((a, b) => far(a) - far(b)).slice(0, MOST_TRIED);
  // Many come to the same row once their needless changes are taken back; then those further away are asked too.
  const found = new Map<string, Candidate>();
  for (const [at, candidate] of nearest.entries()) {
    if (at >= count * 4 && found.size >= count) break;
    const one = sparse(question, candidate);
    found.set(cells(one), one);
  }
  const unique = [...found.values()].sort((a, b) => far(a) - far(b));
  const changes = new Set<string>();
  const fresh = unique.filter((candidate) => {
    const inputs = changedInputs(space, candidate, own).join();
    return !changes.has(inputs) && changes.add(inputs);
  });
  return [...fresh, ...unique.filter((candidate) => !fresh.includes(candidate))].slice(0, count);
}
