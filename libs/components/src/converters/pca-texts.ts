import type { Pairs } from '../kit/texts.js';

import { samplingTexts } from './sampling-texts.js';

/** Texts of principal component analysis. */
export const pcaTexts = {
  head: {
    en: [
      'Principal Component Analysis (PCA)',
      'Replaces the columns by fewer that hold as much of their spread as possible.',
    ],
    es: [
      'Análisis de Componentes Principales (PCA)',
      'Sustituye las columnas por menos que conservan la mayor parte posible de su variación.',
    ],
    pt: [
      'Análise de Componentes Principais (PCA)',
      'Substitui as colunas por menos que guardam o máximo possível da sua variação.',
    ],
    de: [
      'Hauptkomponentenanalyse (PCA)',
      'Ersetzt die Spalten durch weniger, die möglichst viel ihrer Streuung behalten.',
    ],
    zh: ['主成分分析 (PCA)', '用更少的列代替原有各列，并尽可能保留其变化。'],
  },
  params: {
    n_components: {
      en: [
        'Components',
        'How many new columns; below 1 the share of the variance to keep; `mle` estimates it; empty keeps all.',
      ],
      es: [
        'Componentes',
        'Cuántas columnas nuevas; por debajo de 1, la parte de la varianza que conservar; `mle` la estima; vacío conserva todas.',
      ],
      pt: [
        'Componentes',
        'Quantas colunas novas; abaixo de 1, a parte da variância a manter; `mle` estima-a; vazio mantém todas.',
      ],
      de: [
        'Komponenten',
        'Wie viele neue Spalten; unter 1 der Anteil der Varianz, der bleiben soll; `mle` schätzt die Zahl; leer behält alle.',
      ],
      zh: ['成分数', '新列的数量；小于 1 时为需保留的方差比例；`mle` 自动估计；留空则全部保留。'],
    },
    whiten: {
      en: ['Whiten', 'Scale every new column to variance 1.'],
      es: ['Blanquear', 'Escalar cada columna nueva a varianza 1.'],
      pt: ['Branquear', 'Escalar cada coluna nova para variância 1.'],
      de: ['Weißen', 'Jede neue Spalte auf Varianz 1 bringen.'],
      zh: ['白化', '将每个新列缩放至方差 1。'],
    },
    svd_solver: {
      en: ['Solver', 'How the components are computed; all ways give the same here, computed in full.'],
      es: ['Método', 'Cómo se calculan los componentes; aquí todos dan lo mismo, con el cálculo completo.'],
      pt: ['Método', 'Como se calculam os componentes; aqui todos dão o mesmo, com o cálculo completo.'],
      de: ['Verfahren', 'Wie die Komponenten berechnet werden; hier ergeben alle dasselbe, vollständig berechnet.'],
      zh: ['求解方式', '成分的计算方式；此处均完整计算，结果相同。'],
    },
    tol: {
      en: ['Tolerance', 'Of the iterative solver `arpack`; without effect here.'],
      es: ['Tolerancia', 'Del método iterativo `arpack`; aquí sin efecto.'],
      pt: ['Tolerância', 'Do método iterativo `arpack`; aqui sem efeito.'],
      de: ['Toleranz', 'Des schrittweisen Verfahrens `arpack`; hier ohne Wirkung.'],
      zh: ['容差', '用于迭代求解器 `arpack`；此处不起作用。'],
    },
    iterated_power: {
      en: ['Power iterations', 'Of the solver `randomized`; without effect here.'],
      es: ['Iteraciones de potencia', 'Del método `randomized`; aquí sin efecto.'],
      pt: ['Iterações de potência', 'Do método `randomized`; aqui sem efeito.'],
      de: ['Potenzschritte', 'Des Verfahrens `randomized`; hier ohne Wirkung.'],
      zh: ['幂迭代次数', '用于求解器 `randomized`；此处不起作用。'],
    },
    n_oversamples: {
      en: ['Oversamples', 'Extra random vectors of the solver `randomized`; without effect here.'],
      es: ['Sobremuestreo', 'Vectores al azar adicionales del método `randomized`; aquí sin efecto.'],
      pt: ['Sobreamostragem', 'Vetores ao acaso adicionais do método `randomized`; aqui sem efeito.'],
      de: ['Zusatzvektoren', 'Weitere Zufallsvektoren des Verfahrens `randomized`; hier ohne Wirkung.'],
      zh: ['过采样数', '求解器 `randomized` 的额外随机向量数；此处不起作用。'],
    },
    power_iteration_normalizer: {
      en: ['Normaliser', 'Of the power iterations of `randomized`; without effect here.'],
      es: ['Normalizador', 'De las iteraciones de potencia de `randomized`; aquí sin efecto.'],
      pt: ['Normalizador', 'Das iterações de potência de `randomized`; aqui sem efeito.'],
      de: ['Normierung', 'Der Potenzschritte von `randomized`; hier ohne Wirkung.'],
      zh: ['归一化方式', '用于 `randomized` 的幂迭代；此处不起作用。'],
    },
    random_state: samplingTexts.random_state,
  },
} as const satisfies { head: Pairs; params: Record<string, Pairs> };
