import { bool, int, joinWords, phrase, type Words } from '#contract';
import { select } from '#frame';
import { figureArtifact, heatmapFigure } from '#plots';

import { defineExplorer } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { words } from './explorer-words.js';
import { correlationTexts } from './correlation-texts.js';
import { covariance, prepare, rowsOfBoth, valuesAt, type Prepared } from './correlation.js';
import { MOST_COLUMNS, numericColumns, pairMatrix } from './pair-matrix.js';

const { numeric_only, plot } = correlationTexts.params;

export const covarianceMatrixExplorer = defineExplorer({
  name: 'CovarianceMatrixExplorer',
  group: 'Statistical',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 2, numericStorage: true },
  params: {
    min_periods: int({ default: 1, above: 0 }),
    delta_degree_of_freedom: int({ default: 1, above: 0 }),
    numeric_only: bool({ default: true }),
    plot: bool({ default: true }),
  },
  rules: [
    {
      kind: 'relevance',
      field: 'delta_degree_of_freedom',
      when: { n: 'is_true', of: { n: 'field', f: 'numeric_only' } },
      effect: 'disable',
      reason: {
        en: 'Only used when columns without numbers are left out.',
        es: 'Solo se usa cuando se omiten las columnas sin números.',
        pt: 'Só é usado quando se deixam de fora as colunas sem números.',
        de: 'Nur in Gebrauch, wenn Spalten ohne Zahlen ausgelassen werden.',
        zh: '仅在忽略不含数字的列时使用。',
      },
    },
  ],
  texts: textsOf(
    {
      en: ['Covariance Matrix', 'Shows how much each pair of columns varies together, in their own units.'],
      es: ['Matriz de Covarianza', 'Muestra cuánto varía junto cada par de columnas, en sus propias unidades.'],
      pt: ['Matriz de Covariância', 'Mostra quanto cada par de colunas varia em conjunto, nas suas próprias unidades.'],
      de: ['Kovarianzmatrix', 'Zeigt, wie sehr je zwei Spalten gemeinsam schwanken, in ihren eigenen Einheiten.'],
      zh: ['协方差矩阵', '以各列自身的单位显示每对列共同变化的程度。'],
    },
    {
      min_periods: {
        en: ['Minimum periods', 'Pairs with fewer common rows than this stay empty.'],
        es: ['Períodos mínimos', 'Los pares con menos filas comunes quedan vacíos.'],
        pt: ['Períodos mínimos', 'Os pares com menos linhas comuns ficam vazios.'],
        de: ['Mindestperioden', 'Paare mit weniger gemeinsamen Zeilen bleiben leer.'],
        zh: ['最小周期数', '共有行数少于此数的列对留空。'],
      },
      delta_degree_of_freedom: {
        en: ['Degrees of freedom', 'Taken off the number of rows before dividing by it.'],
        es: ['Grados de libertad', 'Se restan del número de filas antes de dividir por él.'],
        pt: ['Graus de liberdade', 'Subtraem-se do número de linhas antes de dividir por ele.'],
        de: ['Freiheitsgrade', 'Werden von der Zeilenzahl abgezogen, bevor durch sie geteilt wird.'],
        zh: ['自由度', '在相除之前从行数中减去的数。'],
      },
      numeric_only,
      plot,
    },
  ),
  notes: [
    'Each pair of columns uses the rows in which both have values. Pandas ignores the degrees of freedom where values are missing; here they always count.',
    'At most 150 columns; the figure or table says when there were more.',
  ],

  explore(frame, columns, { min_periods, delta_degree_of_freedom, numeric_only: numericOnly, plot: drawn }, { tick }) {
    const chosen = numericColumns(select(frame, columns), numericOnly);
    const shown = chosen.slice(0, MOST_COLUMNS);
    const names = shown.map(({ name }) => name);
    const freedom = numericOnly ? delta_degree_of_freedom : 1;
    const measure = (a: Prepared, b: Prepared): number => {
      const rows = rowsOfBoth(a, b);
      if ((rows?.length ?? a.values.length) < min_periods) return NaN;
      return covariance(valuesAt(a.values, rows), valuesAt(b.values, rows), freedom);
    };
    const matrix = pairMatrix(
      shown.map(({ values }) => prepare(values, false)),
      measure,
      tick,
    );
    const title = phrase(words.covarianceMatrix, { count: names.length });
    const cut = { shown: names.length, all: chosen.length };
    const note = chosen.length > names.length ? phrase(words.firstColumns, cut) : undefined;
    if (drawn) {
      const z = matrix.map((row) => row.map((value) => (Number.isFinite(value) ? Number(value.toPrecision(10)) : NaN)));
      const limit = z.flat().reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
      const grid = {
        x: names,
        y: names,
        z,
        scale: 'diverging',
        limit: limit || 1,
        colorbar: words.covariance,
      } as const;
      return [figureArtifact(heatmapFigure({ title, note }, grid))];
    }
    const rows = matrix.map((row, index) => [
      names[index]!,
      ...row.map((value) => (Number.isFinite(value) ? value : null)),
    ]);
    const titled: Words = note === undefined ? title : joinWords([title, ' (', note, ')'], '');
    return [{ type: 'table', title: titled, payload: { columns: ['index', ...names], rows } }];
  },
});
