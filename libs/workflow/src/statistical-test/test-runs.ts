import type { AnswerOf, LocalText, statisticalTestRoutes, TestChoices, TestedScores, TestRequest } from '#contract';
import { AppError } from '#contract';

import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';

const NO_SCORES: LocalText = {
  en: 'fold_metrics cannot be empty',
  es: 'fold_metrics no puede estar vacío',
  pt: 'fold_metrics não pode estar vazio',
  de: 'fold_metrics darf nicht leer sein',
  zh: 'fold_metrics 不能为空',
};
const TIMEOUT_MS = 30_000;
const CORRECTIONS = ['holm', 'bonferroni', 'benjamini_hochberg'] as const;

/**
 * Compares runs by the scores that came with the request; nothing is stored.
 * @throws AppError `statistical-test-unknown`, `test-impossible` {reason}, `unavailable` when no worker answers in time.
 */
export async function testRuns(
  ports: Ports,
  request: TestRequest,
  requestId: string | null,
): Promise<AnswerOf<typeof statisticalTestRoutes.run>> {
  const { catalogue } = ports;
  const tests = catalogue.all().filter(({ type }) => type === 'StatisticalTest');
  const test = tests.find(({ name }) => name === request.test_name);
  const known = tests.map(({ name }) => name).join(', ');
  if (!test) throw new AppError('statistical-test-unknown', { name: request.test_name, known });
  const runs = [...new Set(request.run_ids)].filter((id) => Object.hasOwn(request.fold_metrics, String(id)));
  const scores = runs.map((id) => request.fold_metrics[String(id)]!);
  checkScores(scores, test.metadata as { min_runs: number; max_runs: number | null });
  const options = choices(request);
  const kwargs = { test: test.name, followedBy: test.compatible[0] ?? null, scores, options };
  const tested = (await askWorker(
    ports,
    { type: 'StatisticalTestJob', kwargs, requestId },
    TIMEOUT_MS,
  )) as TestedScores;
  const nameOf = (place: number): string | null => request.run_names[String(runs[place]!)] ?? null;
  const { significant, pairs } = tested;
  const meaning = test.metadata['interpretation'] as Record<string, Record<string, unknown>>;
  return {
    test_name: test.name,
    statistic: tested.statistic,
    p_value: tested.pValue,
    significant,
    alpha: options.alpha,
    details: {
      ...tested.details,
      run_names: request.run_names,
      scores: Object.fromEntries(runs.map((id, place) => [id, scores[place]])),
    },
    posthoc:
      pairs?.map(({ first, second, pValue, significant: differ }) => ({
        run_1: runs[first]!,
        run_1_name: nameOf(first),
        run_2: runs[second]!,
        run_2_name: nameOf(second),
        p_value: pValue,
        significant: differ,
      })) ?? null,
    interpretation: meaning[significant ? 'significant' : 'not_significant'] ?? null,
  };
}

function checkScores(
  scores: readonly (readonly number[])[],
  { min_runs: least, max_runs: most }: { min_runs: number; max_runs: number | null },
): void {
  const impossible = (reason: string | LocalText): AppError => new AppError('test-impossible', { reason });
  if (scores.length === 0) throw impossible(NO_SCORES);
  if (scores.length < least) throw impossible(`${scores.length} < ${least}`);
  if (most !== null && scores.length > most) throw impossible(`${scores.length} > ${most}`);
  const lengths = [...new Set(scores.map(({ length }) => length))];
  if (lengths.length > 1) throw impossible(`folds: ${lengths.join(' ≠ ')}`);
  if (lengths[0]! < 2) throw impossible(`folds: ${lengths[0]!} < 2`);
}

/** Alternative and correction as the client spells them. @throws AppError `test-impossible` for a correction nobody knows. */
function choices({ alpha, params }: TestRequest): TestChoices {
  const given = params?.correction_method?.toLowerCase() ?? null;
  const correction = CORRECTIONS.find((name) => name === given) ?? null;
  if (given !== null && given !== '' && correction === null)
    throw new AppError('test-impossible', { reason: `correction_method = ${given}` });
  return { alpha: alpha ?? 0.05, alternative: params?.alternative ?? 'two-sided', correction };
}
