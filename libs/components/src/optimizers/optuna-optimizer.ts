import { choice, int } from '#contract';
import { createStudy, type Choice, type SamplerName } from '#learn';

import { defineOptimizer } from '../kit/optimizer.js';
import { textsOf } from '../kit/texts.js';

import { searchPlots } from './search-plots.js';
import { learnSpace } from './search-space.js';

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
        en: ['Pruner', 'Kept for compatibility; every trial runs to its end.'],
        es: ['Podador', 'Se conserva por compatibilidad; cada intento llega a su fin.'],
        pt: ['Podador', 'Mantido por compatibilidade; cada tentativa vai até ao fim.'],
        de: ['Abbruchverfahren', 'Nur zur Verträglichkeit; jeder Versuch läuft bis zum Ende.'],
        zh: ['剪枝器', '仅为兼容而保留；每次试验都会完整运行。'],
      },
    },
  ),
  notes: [
    'The samplers are our own; the same seed gives other trials than Optuna, of the same quality.',
    'The search starts from a fixed seed, so that the same run tries the same values again.',
    '`pruner` has no effect. Parameters that span several magnitudes are drawn on a logarithmic scale.',
  ],

  start(space, { maximize }, { n_trials, sampler }, seed) {
    const study = createStudy({
      space: learnSpace(space),
      direction: maximize ? 'maximize' : 'minimize',
      seed,
      sampler: SAMPLERS[sampler],
    });
    let asked = -1;
    return {
      trials: n_trials,
      ask(): Readonly<Record<string, Choice>> {
        const { number, params } = study.ask();
        asked = number;
        return params;
      },
      tell: (value) => study.tell(asked, value),
    };
  },
  plots: searchPlots,
});
