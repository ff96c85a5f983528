import { choice, int } from '#contract';
import { medianPrunes, type SamplerName } from '#learn';

import { defineOptimizer } from '../kit/optimizer.js';
import { textsOf } from '../kit/texts.js';

import { batchSize, batchSizeTexts } from './batch-size.js';
import { searchPlots } from './search-plots.js';
import { suggestTrials } from './suggest-trials.js';

const SAMPLERS = {
  TPESampler: 'tpe',
  CmaEsSampler: 'cma-es',
  GPSampler: 'gaussian-process',
  NSGAIISampler: 'evolution',
  QMCSampler: 'quasi-random',
  RandomSampler: 'random',
} as const satisfies Record<string, SamplerName>;

export const optunaOptimizer = defineOptimizer({
  name: 'OptunaOptimizer',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  color: '#E91E63',
  params: {
    n_trials: int({ default: 10, min: 1 }),
    sampler: choice({ default: 'TPESampler', options: Object.keys(SAMPLERS) as (keyof typeof SAMPLERS)[] }),
    pruner: choice({ default: 'None', options: ['MedianPruner', 'None'] }),
    batch_size: batchSize,
  },
  texts: textsOf(
    {
      en: ['Optuna Optimizer', 'Tries parameter values and learns from each trial where better ones may lie.'],
      es: ['Optimizador Optuna', 'Prueba valores de parámetros y aprende de cada intento dónde puede haber mejores.'],
      pt: [
        'Otimizador Optuna',
        'Experimenta valores de parâmetros e aprende com cada tentativa onde pode haver melhores.',
      ],
      de: ['Optuna-Optimierer', 'Probiert Parameterwerte aus und lernt aus jedem Versuch, wo bessere liegen könnten.'],
      zh: ['Optuna 优化器', '尝试参数取值，并从每次试验中学习更优值可能所在。'],
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
        en: ['Sampler', 'How the next values are chosen.'],
        es: ['Muestreador', 'Cómo se eligen los siguientes valores.'],
        pt: ['Amostrador', 'Como se escolhem os valores seguintes.'],
        de: ['Auswahlverfahren', 'Wie die nächsten Werte gewählt werden.'],
        zh: ['采样器', '如何选择下一组取值。'],
      },
      pruner: {
        en: ['Pruner', 'Whether trials that do worse than half of the others did at the same point are given up.'],
        es: ['Podador', 'Si se abandonan los intentos que van peor que la mitad de los demás en el mismo punto.'],
        pt: ['Podador', 'Se são abandonadas as tentativas que vão pior do que metade das outras no mesmo ponto.'],
        de: [
          'Abbruchverfahren',
          'Ob Versuche aufgegeben werden, die schlechter stehen als die Hälfte der anderen an derselben Stelle.',
        ],
        zh: ['剪枝器', '是否放弃在同一阶段表现不如半数其他试验的试验。'],
      },
      batch_size: batchSizeTexts,
    },
  ),
  notes: [
    'The samplers are our own; the same seed gives other trials than Optuna, of the same quality.',
    'The search starts from a fixed seed, so that the same run tries the same values again.',
    'Parameters that span several magnitudes are drawn on a logarithmic scale.',
    '`MedianPruner` judges as that of Optuna does, after five finished trials: under a holdout after 1, 2, 5, 10, 20, 50, … iterations of models that grow by them, by the validation rows; under folds after each fold, by the mean so far. A trial is judged by those of earlier batches alone, so that it does not matter which of its own batch ends first. Other models run to their end. A trial that was given up is not scored and not chosen.',
  ],

  plan: ({ n_trials, batch_size }) => ({ trials: n_trials, batch: batch_size }),
  suggest: (search, ended, count) =>
    suggestTrials(search, { sampler: SAMPLERS[search.params.sampler], batch: search.params.batch_size }, ended, count),
  givesUp({ goal, params }, ended, curve) {
    if (params.pruner === 'None') return false;
    const finished = ended.flatMap((trial) => (trial.value === null ? [] : [trial.curve]));
    return medianPrunes(goal.maximize ? 'maximize' : 'minimize', finished, curve);
  },
  plots: searchPlots,
});
