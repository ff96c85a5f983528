import { int, orNull, string, union } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** A parameter that may name a further column, by name or by number from 0. */
export const optionalColumn = () =>
  orNull(union({ default: null, of: [string({ default: '' }), int({ default: 0, min: 0 })] }));

/** Texts of the parameters that several figures have in common. */
export const groupTexts = {
  color: {
    en: ['Color group column', 'Name or number (from 0) of the column whose values get a colour each.'],
    es: [
      'Columna para grupo de color',
      'Nombre o número (desde 0) de la columna cuyos valores reciben un color cada uno.',
    ],
    pt: ['Coluna para grupo de cor', 'Nome ou número (a partir de 0) da coluna cujos valores recebem uma cor cada um.'],
    de: ['Farbgruppen-Spalte', 'Name oder Nummer (ab 0) der Spalte, deren Werte je eine Farbe erhalten.'],
    zh: ['颜色分组列', '列名或列号（从 0 开始），该列的每个值对应一种颜色。'],
  },
  pattern: {
    en: ['Pattern group column', 'Name or number (from 0) of the column whose values get a fill pattern each.'],
    es: [
      'Columna para grupo de patrón',
      'Nombre o número (desde 0) de la columna cuyos valores reciben un patrón de relleno cada uno.',
    ],
    pt: [
      'Coluna para grupo de padrão',
      'Nome ou número (a partir de 0) da coluna cujos valores recebem um padrão de preenchimento cada um.',
    ],
    de: ['Mustergruppen-Spalte', 'Name oder Nummer (ab 0) der Spalte, deren Werte je ein Füllmuster erhalten.'],
    zh: ['图案分组列', '列名或列号（从 0 开始），该列的每个值对应一种填充图案。'],
  },
  symbol: {
    en: ['Symbol group column', 'Name or number (from 0) of the column whose values get a marker shape each.'],
    es: [
      'Columna para grupo de símbolo',
      'Nombre o número (desde 0) de la columna cuyos valores reciben una forma de marcador cada uno.',
    ],
    pt: [
      'Coluna para grupo de símbolo',
      'Nome ou número (a partir de 0) da coluna cujos valores recebem uma forma de marcador cada um.',
    ],
    de: ['Symbolgruppen-Spalte', 'Name oder Nummer (ab 0) der Spalte, deren Werte je eine Markerform erhalten.'],
    zh: ['符号分组列', '列名或列号（从 0 开始），该列的每个值对应一种标记形状。'],
  },
  size: {
    en: [
      'Point size column',
      'Name or number (from 0) of a column of numbers; larger ones are drawn with a larger area.',
    ],
    es: [
      'Columna de tamaño de punto',
      'Nombre o número (desde 0) de una columna de números; los mayores se dibujan con más área.',
    ],
    pt: [
      'Coluna do tamanho do ponto',
      'Nome ou número (a partir de 0) de uma coluna de números; os maiores são desenhados com mais área.',
    ],
    de: [
      'Punktgrößen-Spalte',
      'Name oder Nummer (ab 0) einer Zahlenspalte; größere Zahlen werden mit größerer Fläche gezeichnet.',
    ],
    zh: ['点大小列', '数值列的列名或列号（从 0 开始）；数值越大，绘制的面积越大。'],
  },
  points: {
    en: [
      'Points shown',
      'Draw `all` points beside the box, only the `outliers` beyond the whiskers, or none (`False`).',
    ],
    es: [
      'Puntos mostrados',
      'Dibujar todos los puntos junto a la caja (`all`), solo los atípicos más allá de los bigotes (`outliers`) o ninguno (`False`).',
    ],
    pt: [
      'Pontos exibidos',
      'Desenhar todos os pontos ao lado da caixa (`all`), só os atípicos além dos bigodes (`outliers`) ou nenhum (`False`).',
    ],
    de: [
      'Angezeigte Punkte',
      'Alle Punkte neben dem Kasten zeichnen (`all`), nur die Ausreißer jenseits der Antennen (`outliers`) oder keine (`False`).',
    ],
    zh: ['显示的点', '在箱体旁绘制所有点（`all`）、仅绘制须线之外的离群点（`outliers`）或不绘制（`False`）。'],
  },
} as const satisfies Record<string, Pairs>;
