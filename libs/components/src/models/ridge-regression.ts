import { bool, choice, float, int, orNull } from '#contract';
import { leastSquares, predictLinear } from '#learn';

import { defineRegressor } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { coefficientBars } from './feature-bars.js';
import { modelTexts } from './model-texts.js';

export const ridgeRegression = defineRegressor({
  name: 'RidgeRegression',
  tasks: ['RegressionTask'],
  color: '#2196F3',
  icon: 'ShowChart',
  params: {
    alpha: int({ default: 1, min: 1, search: { low: 1, high: 10 } }),
    fit_intercept: bool({ default: true, search: true }),
    copy_X: bool({ default: true }),
    max_iter: int({ default: 100, min: 10, search: { low: 10, high: 10_000 } }),
    tol: float({ default: 0.001, min: 0, search: { low: 1e-5, high: 0.1, log: true } }),
    solver: choice({
      default: 'auto',
      options: ['auto', 'svd', 'cholesky', 'lsqr', 'sparse_cg', 'sag', 'saga'],
      search: true,
    }),
    positive: bool({ default: false, search: true }),
    random_state: orNull(int({ default: 0, min: 0 })),
  },
  texts: textsOf(
    {
      en: ['Ridge Regression', 'Linear regression with a penalty on large coefficients.'],
      es: ['Regresión Ridge', 'Regresión lineal con penalización de los coeficientes grandes.'],
      pt: ['Regressão Ridge', 'Regressão linear com penalização dos coeficientes grandes.'],
      de: ['Ridge-Regression', 'Lineare Regression mit einer Strafe auf große Koeffizienten.'],
      zh: ['岭回归', '对较大系数施加惩罚的线性回归。'],
    },
    {
      ...modelTexts,
      alpha: {
        en: ['Penalty', 'Larger values shrink the coefficients more.'],
        es: ['Penalización', 'Los valores mayores encogen más los coeficientes.'],
        pt: ['Penalização', 'Valores maiores encolhem mais os coeficientes.'],
        de: ['Strafe', 'Größere Werte verkleinern die Koeffizienten stärker.'],
        zh: ['惩罚', '取值越大，系数收缩越多。'],
      },
      max_iter: {
        en: ['Iterations', 'Kept for compatibility; the solution is exact and needs none.'],
        es: ['Iteraciones', 'Se conserva por compatibilidad; la solución es exacta y no las necesita.'],
        pt: ['Iterações', 'Mantido por compatibilidade; a solução é exata e não precisa delas.'],
        de: ['Iterationen', 'Nur zur Verträglichkeit; die Lösung ist exakt und braucht keine.'],
        zh: ['迭代次数', '仅为兼容而保留；解是精确的，无需迭代。'],
      },
      tol: {
        en: ['Tolerance', 'Kept for compatibility; the solution is exact.'],
        es: ['Tolerancia', 'Se conserva por compatibilidad; la solución es exacta.'],
        pt: ['Tolerância', 'Mantido por compatibilidade; a solução é exata.'],
        de: ['Toleranz', 'Nur zur Verträglichkeit; die Lösung ist exakt.'],
        zh: ['容差', '仅为兼容而保留；解是精确的。'],
      },
      solver: {
        en: ['Solver', 'Kept for compatibility; all of them lead to the same solution.'],
        es: ['Método', 'Se conserva por compatibilidad; todos llevan a la misma solución.'],
        pt: ['Método', 'Mantido por compatibilidade; todos levam à mesma solução.'],
        de: ['Lösungsverfahren', 'Nur zur Verträglichkeit; alle führen zur selben Lösung.'],
        zh: ['求解器', '仅为兼容而保留；各求解器得到相同的解。'],
      },
    },
  ),
  notes: [
    'One exact solution stands for every `solver`; `max_iter`, `tol`, `copy_X` and `random_state` have no effect.',
    '`positive` works with every `solver`; scikit-learn allows it with one only.',
  ],

  fit(x, y, { alpha, fit_intercept, positive }, { tick }) {
    return leastSquares(x, y, { alpha, fitIntercept: fit_intercept, positive, ...(tick && { tick }) });
  },
  predict: predictLinear,
  artifacts: ({ coefficients }, names) => coefficientBars(coefficients, names),
});
