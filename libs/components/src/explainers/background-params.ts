import { bool, float } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** Which training rows an explanation is made against; the prefix tells them from the explainer's own parameters. */
export const backgroundParams = {
  fit_parameter_sample_background_data: bool({ default: true }),
  fit_parameter_background_fraction: float({ default: 0.2, min: 0, max: 1 }),
};

/** Texts of those parameters. */
export const backgroundTexts = {
  fit_parameter_sample_background_data: {
    en: ['Sample the background', 'Compare with a share of the training rows instead of all of them.'],
    es: ['Muestrear el fondo', 'Comparar con una parte de las filas de entrenamiento en lugar de todas.'],
    pt: ['Amostrar o fundo', 'Comparar com uma parte das linhas de treino em vez de todas.'],
    de: ['Hintergrund ziehen', 'Mit einem Teil der Trainingszeilen statt mit allen vergleichen.'],
    zh: ['抽样背景', '与部分训练行而非全部训练行比较。'],
  },
  fit_parameter_background_fraction: {
    en: ['Background share', 'Share of the training rows that is drawn; more rows are slower and steadier.'],
    es: [
      'Proporción del fondo',
      'Proporción de las filas de entrenamiento que se extrae; más filas es más lento y estable.',
    ],
    pt: ['Proporção do fundo', 'Proporção das linhas de treino que é extraída; mais linhas é mais lento e estável.'],
    de: [
      'Anteil des Hintergrunds',
      'Anteil der Trainingszeilen, der gezogen wird; mehr Zeilen sind langsamer und ruhiger.',
    ],
    zh: ['背景比例', '抽取的训练行比例；行数越多越慢，但越稳定。'],
  },
} as const satisfies Record<string, Pairs>;

/** What both explainers by Shapley values depart in. */
export const shapleyNotes = (most: number): readonly string[] => [
  `Works on the columns of the table, before they are encoded. The background has ${most} rows at most, drawn from the training rows.`,
  'Up to eleven inputs every coalition is asked, so the values are exact over the background; beyond, coalitions are drawn.',
  'Values are kept in full, so that they and the base sum to the prediction; the reference cuts them to three decimals.',
];
