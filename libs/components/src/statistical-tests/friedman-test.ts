import { AppError } from '#contract';
import { friedman, meanRanks } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';

export const friedmanTest = defineStatisticalTest({
  name: 'FriedmanTest',
  texts: textsOf(
    {
      en: ['Friedman test', 'Asks by ranks whether several runs differ at all, fold by fold.'],
      es: ['Prueba de Friedman', 'Pregunta por rangos si varias ejecuciones difieren en algo, pliegue a pliegue.'],
      pt: ['Teste de Friedman', 'Pergunta por postos se várias execuções diferem de todo, partição a partição.'],
      de: [
        'Friedman-Test',
        'Fragt anhand von Rängen, ob sich mehrere Läufe überhaupt unterscheiden, Faltung für Faltung.',
      ],
      zh: ['Friedman 检验', '按秩逐折检验多个运行之间是否存在差异。'],
    },
    {},
  ),
  icon: 'Science',
  parametric: false,
  minRuns: 3,
  maxRuns: null,
  followedBy: 'NemenyiTest',
  interpretation: {
    significant: {
      en: 'At least one run ranks differently from the others.',
      es: 'Al menos una ejecución tiene un rango distinto de las demás.',
      pt: 'Pelo menos uma execução tem um posto diferente das outras.',
      de: 'Mindestens ein Lauf hat einen anderen Rang als die übrigen.',
      zh: '至少有一个运行的排名与其他运行不同。',
    },
    notSignificant: {
      en: 'The ranks of the runs differ no more than by chance.',
      es: 'Los rangos de las ejecuciones no difieren más que por azar.',
      pt: 'Os postos das execuções não diferem mais do que por acaso.',
      de: 'Die Ränge der Läufe unterscheiden sich nicht mehr als zufällig.',
      zh: '各运行的排名差异不超出偶然范围。',
    },
  },

  run(scores) {
    const { statistic, pValue } = friedman(scores);
    if (!Number.isFinite(statistic)) throw new AppError('test-impossible', { reason: 'rank₁ = rank₂ = …' });
    return { statistic, pValue, pairs: null, details: { mean_ranks: meanRanks(scores) } };
  },
});
