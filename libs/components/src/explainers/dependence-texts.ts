import type { Pairs } from '../kit/texts.js';

/** Texts of the parameters both explainers of partial dependence have. */
export const dependenceTexts = {
  grid_resolution: {
    en: ['Grid resolution', 'How many values of each column are tried.'],
    es: ['Resolución de la rejilla', 'Cuántos valores de cada columna se prueban.'],
    pt: ['Resolução da grelha', 'Quantos valores de cada coluna são experimentados.'],
    de: ['Auflösung des Rasters', 'Wie viele Werte jeder Spalte ausprobiert werden.'],
    zh: ['网格分辨率', '每一列尝试多少个取值。'],
  },
  lower_percentile: {
    en: ['Lower percentile', 'Share of the values that lies below the grid.'],
    es: ['Percentil inferior', 'Proporción de los valores que queda por debajo de la rejilla.'],
    pt: ['Percentil inferior', 'Proporção dos valores que fica abaixo da grelha.'],
    de: ['Unteres Perzentil', 'Anteil der Werte, der unter dem Raster liegt.'],
    zh: ['下百分位', '位于网格以下的取值所占比例。'],
  },
  upper_percentile: {
    en: ['Upper percentile', 'Share of the values that lies below the end of the grid.'],
    es: ['Percentil superior', 'Proporción de los valores que queda por debajo del final de la rejilla.'],
    pt: ['Percentil superior', 'Proporção dos valores que fica abaixo do fim da grelha.'],
    de: ['Oberes Perzentil', 'Anteil der Werte, der unter dem Ende des Rasters liegt.'],
    zh: ['上百分位', '位于网格末端以下的取值所占比例。'],
  },
} as const satisfies Record<string, Pairs>;
