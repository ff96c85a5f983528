import type { LocalText } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** Texts of the histogram. */
export const histogramTexts = {
  head: {
    en: ['Histogram Plot', 'Shows how the values of a column are distributed.'],
    es: ['Histograma', 'Muestra cómo se distribuyen los valores de una columna.'],
    pt: ['Histograma', 'Mostra como se distribuem os valores de uma coluna.'],
    de: ['Histogramm', 'Zeigt, wie sich die Werte einer Spalte verteilen.'],
    zh: ['直方图', '显示一列数值的分布情况。'],
  },
  params: {
    nbins: {
      en: ['Number of bins', 'At most this many bars; empty chooses by the spread of the values.'],
      es: ['Número de bins', 'Como máximo esta cantidad de barras; vacío elige según la dispersión de los valores.'],
      pt: ['Número de bins', 'No máximo esta quantidade de barras; vazio escolhe pela dispersão dos valores.'],
      de: ['Anzahl der Klassen', 'Höchstens so viele Balken; leer richtet sich nach der Streuung der Werte.'],
      zh: ['分箱数量', '最多显示的柱数；留空则根据数值的离散程度选择。'],
    },
    histfunc: {
      en: [
        'Binning function',
        'What a bar shows: how many values fall into the bin, or their sum, average, minimum or maximum.',
      ],
      es: [
        'Función de agrupación',
        'Qué muestra una barra: cuántos valores caen en el bin, o su suma, promedio, mínimo o máximo.',
      ],
      pt: [
        'Função de agrupamento',
        'O que mostra uma barra: quantos valores caem no bin, ou a sua soma, média, mínimo ou máximo.',
      ],
      de: [
        'Klassierungsfunktion',
        'Was ein Balken zeigt: wie viele Werte in die Klasse fallen, oder deren Summe, Mittel, Minimum oder Maximum.',
      ],
      zh: ['分箱函数', '柱所显示的内容：落入该分箱的数值个数，或其总和、平均值、最小值、最大值。'],
    },
    histnorm: {
      en: [
        'Normalization',
        'Heights as they are (empty), as percent or probability of the whole, or per unit of the axis (density).',
      ],
      es: [
        'Normalización',
        'Alturas tal cual (vacío), como porcentaje o probabilidad del total, o por unidad del eje (densidad).',
      ],
      pt: [
        'Normalização',
        'Alturas tal como são (vazio), como percentagem ou probabilidade do total, ou por unidade do eixo (densidade).',
      ],
      de: [
        'Normalisierung',
        'Höhen wie sie sind (leer), als Prozent oder Wahrscheinlichkeit des Ganzen, oder je Einheit der Achse (Dichte).',
      ],
      zh: ['归一化', '柱高可为原值（空）、占总体的百分比或概率，或每单位轴长的值（密度）。'],
    },
  },
  norms: {
    '': { en: 'Count', es: 'Cuenta', pt: 'Contagem', de: 'Anzahl', zh: '计数' },
    percent: { en: 'Percent', es: 'Porcentaje', pt: 'Percentagem', de: 'Prozent', zh: '百分比' },
    probability: { en: 'Probability', es: 'Probabilidad', pt: 'Probabilidade', de: 'Wahrscheinlichkeit', zh: '概率' },
    density: { en: 'Density', es: 'Densidad', pt: 'Densidade', de: 'Dichte', zh: '密度' },
    'probability density': {
      en: 'Probability density',
      es: 'Densidad de probabilidad',
      pt: 'Densidade de probabilidade',
      de: 'Wahrscheinlichkeitsdichte',
      zh: '概率密度',
    },
  },
} as const satisfies { head: Pairs; params: Record<string, Pairs>; norms: Record<string, LocalText> };
