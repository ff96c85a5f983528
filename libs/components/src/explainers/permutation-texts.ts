import { choice, float, int } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** Parameters of the permutation explainers; they differ in their scores and their usual number of deals. */
export const permutationParams = <const S extends string>(scores: readonly S[], first: S, repeats: number) => ({
  scoring: choice<S>({ default: first, options: scores }),
  n_repeats: int({ default: repeats, min: 1 }),
  random_state: int({ default: 0 }),
  max_samples_fraction: float({ default: 1, min: 0, max: 1 }),
});

/** Texts of those parameters. */
export const permutationTexts = {
  scoring: {
    en: ['Scoring', 'The score whose fall is measured.'],
    es: ['Puntuación', 'La puntuación cuya caída se mide.'],
    pt: ['Pontuação', 'A pontuação cuja queda é medida.'],
    de: ['Bewertung', 'Der Wert, dessen Abfall gemessen wird.'],
    zh: ['评分', '测量其下降幅度的评分指标。'],
  },
  n_repeats: {
    en: ['Repeats', 'How often each column is dealt anew; more repeats give steadier numbers.'],
    es: ['Repeticiones', 'Cuántas veces se baraja cada columna; más repeticiones dan cifras más estables.'],
    pt: ['Repetições', 'Quantas vezes cada coluna é baralhada; mais repetições dão números mais estáveis.'],
    de: ['Wiederholungen', 'Wie oft jede Spalte neu verteilt wird; mehr Wiederholungen ergeben ruhigere Zahlen.'],
    zh: ['重复次数', '每列重新打乱的次数；次数越多，结果越稳定。'],
  },
  random_state: {
    en: ['Random seed', 'The same number deals the values in the same way again.'],
    es: ['Semilla aleatoria', 'El mismo número baraja los valores otra vez de la misma manera.'],
    pt: ['Semente aleatória', 'O mesmo número baralha os valores outra vez da mesma maneira.'],
    de: ['Zufallszahl', 'Dieselbe Zahl verteilt die Werte wieder auf dieselbe Weise.'],
    zh: ['随机种子', '相同的数字会以相同方式再次打乱数值。'],
  },
  max_samples_fraction: {
    en: ['Share of rows', 'Share of the test rows used for each column; fewer rows are faster and less exact.'],
    es: [
      'Proporción de filas',
      'Proporción de filas de prueba usada para cada columna; menos filas es más rápido y menos exacto.',
    ],
    pt: [
      'Proporção de linhas',
      'Proporção das linhas de teste usada para cada coluna; menos linhas é mais rápido e menos exato.',
    ],
    de: [
      'Anteil der Zeilen',
      'Anteil der Testzeilen, der für jede Spalte benutzt wird; weniger Zeilen sind schneller und ungenauer.',
    ],
    zh: ['行的比例', '每列所用测试行的比例；行数越少越快，但越不精确。'],
  },
} as const satisfies Record<string, Pairs>;
