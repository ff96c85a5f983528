import type { Pairs } from '../kit/texts.js';

/** Texts of the correlation matrix. */
export const correlationTexts = {
  head: {
    en: ['Correlation Matrix', 'Shows how strongly each pair of columns rises and falls together.'],
    es: ['Matriz de Correlación', 'Muestra con qué fuerza sube y baja junto cada par de columnas.'],
    pt: ['Matriz de Correlação', 'Mostra com que força cada par de colunas sobe e desce em conjunto.'],
    de: ['Korrelationsmatrix', 'Zeigt, wie stark je zwei Spalten gemeinsam steigen und fallen.'],
    zh: ['相关性矩阵', '显示每对列同升同降的程度。'],
  },
  params: {
    method: {
      en: [
        'Correlation method',
        '`pearson` sees straight lines; `spearman` and `kendall` see any rising or falling relation.',
      ],
      es: [
        'Método de correlación',
        '`pearson` ve líneas rectas; `spearman` y `kendall` ven cualquier relación creciente o decreciente.',
      ],
      pt: [
        'Método de correlação',
        '`pearson` vê linhas retas; `spearman` e `kendall` veem qualquer relação crescente ou decrescente.',
      ],
      de: [
        'Korrelationsmethode',
        '`pearson` erkennt Geraden; `spearman` und `kendall` erkennen jeden steigenden oder fallenden Zusammenhang.',
      ],
      zh: ['相关性方法', '`pearson` 识别直线关系；`spearman` 和 `kendall` 识别任何递增或递减关系。'],
    },
    min_periods: {
      en: ['Minimum periods', 'Pairs with fewer common rows than this stay empty; not used by `kendall`.'],
      es: ['Períodos mínimos', 'Los pares con menos filas comunes quedan vacíos; `kendall` no lo usa.'],
      pt: ['Períodos mínimos', 'Os pares com menos linhas comuns ficam vazios; `kendall` não o usa.'],
      de: ['Mindestperioden', 'Paare mit weniger gemeinsamen Zeilen bleiben leer; von `kendall` nicht benutzt.'],
      zh: ['最小周期数', '共有行数少于此数的列对留空；`kendall` 不使用此项。'],
    },
    numeric_only: {
      en: ['Numeric only', 'Leave columns out that hold no numbers, instead of stopping at them.'],
      es: ['Solo numéricas', 'Omitir las columnas que no contienen números, en vez de detenerse en ellas.'],
      pt: ['Somente numéricas', 'Deixar de fora as colunas que não contêm números, em vez de parar nelas.'],
      de: ['Nur numerisch', 'Spalten ohne Zahlen auslassen, statt an ihnen abzubrechen.'],
      zh: ['仅数值列', '忽略不含数字的列，而不是报错停止。'],
    },
    plot: {
      en: ['Plot result', 'Draw a heat map; otherwise the numbers come as a table.'],
      es: ['Graficar resultado', 'Dibujar un mapa de calor; si no, los números se entregan en una tabla.'],
      pt: ['Graficar resultado', 'Desenhar um mapa de calor; caso contrário, os números vêm numa tabela.'],
      de: ['Ergebnis darstellen', 'Eine Heatmap zeichnen; sonst kommen die Zahlen als Tabelle.'],
      zh: ['绘制结果', '绘制热图；否则以表格给出数值。'],
    },
  },
} as const satisfies { head: Pairs; params: Record<string, Pairs> };
