import { choice, int } from '#contract';
import type { SamplerName } from '#learn';

import { defineOptimizer } from '../kit/optimizer.js';
import { textsOf } from '../kit/texts.js';

import { batchSize, batchSizeTexts } from './batch-size.js';
import { searchPlots } from './search-plots.js';
import { suggestTrials } from './suggest-trials.js';

const SAMPLERS = { tpe: 'tpe-hyperopt', rand: 'random' } as const satisfies Record<string, SamplerName>;

export const hyperOptOptimizer = defineOptimizer({
  name: 'HyperOptOptimizer',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  color: '#FF5722',
  params: {
    n_trials: int({ default: 10, min: 1 }),
    sampler: choice({ default: 'tpe', options: Object.keys(SAMPLERS) as (keyof typeof SAMPLERS)[] }),
    batch_size: batchSize,
  },
  texts: textsOf(
    {
      en: ['HyperOpt Optimizer', 'Tries parameter values, each parameter for itself, after twenty random trials.'],
      es: [
        'Optimizador HyperOpt',
        'Prueba valores de parámetros, cada parámetro por separado, tras veinte intentos al azar.',
      ],
      pt: [
        'Otimizador HyperOpt',
        'Experimenta valores de parâmetros, cada parâmetro por si, após vinte tentativas ao acaso.',
      ],
      de: [
        'HyperOpt-Optimierer',
        'Probiert Parameterwerte aus, jeden Parameter für sich, nach zwanzig zufälligen Versuchen.',
      ],
      zh: ['HyperOpt 优化器', '在二十次随机试验之后，分别针对每个参数尝试取值。'],
    },
    {
      n_trials: {
        en: ['Trials', 'Number of models that are fitted and compared.'],
        es: ['Intentos', 'Número de modelos que se ajustan y comparan.'],
        pt: ['Tentativas', 'Número de modelos que são ajustados e comparados.'],
        de: ['Versuche', 'Anzahl der Modelle, die angepasst und verglichen werden.'],
        zh: ['试验次数', '拟合并比较的模型数量。'],
      },
      sampler: {
        en: ['Sampler', 'How the next values are chosen: by the better trials (tpe), or at random (rand).'],
        es: [
          'Muestreador',
          'Cómo se eligen los siguientes valores: según los mejores intentos (tpe) o al azar (rand).',
        ],
        pt: [
          'Amostrador',
          'Como se escolhem os valores seguintes: pelas melhores tentativas (tpe) ou ao acaso (rand).',
        ],
        de: [
          'Auswahlverfahren',
          'Wie die nächsten Werte gewählt werden: nach den besseren Versuchen (tpe) oder zufällig (rand).',
        ],
        zh: ['采样器', '如何选择下一组取值：依据较优的试验（tpe）或随机（rand）。'],
      },
      batch_size: batchSizeTexts,
    },
  ),
  notes: [
    'The samplers are our own; the same seed gives other trials than hyperopt, of the same quality. With twenty trials or fewer, tpe is a random search, as in hyperopt.',
    'The search starts from a fixed seed, so that the same run tries the same values again.',
    'Parameters that span several magnitudes are drawn on a logarithmic scale.',
  ],

  plan: ({ n_trials, batch_size }) => ({ trials: n_trials, batch: batch_size }),
  suggest: (search, ended, count) =>
    suggestTrials(search, { sampler: SAMPLERS[search.params.sampler], batch: search.params.batch_size }, ended, count),
  plots: searchPlots,
});
