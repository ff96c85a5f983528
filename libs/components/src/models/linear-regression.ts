import { bool, int, orNull } from '#contract';
import { leastSquares, predictLinear } from '#learn';

import { defineRegressor } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { coefficientBars } from './feature-bars.js';
import { modelTexts } from './model-texts.js';

export const linearRegression = defineRegressor({
  name: 'LinearRegression',
  tasks: ['RegressionTask'],
  color: '#3F51B5',
  icon: 'ShowChart',
  params: {
    fit_intercept: bool({ default: true }),
    copy_X: bool({ default: true }),
    n_jobs: orNull(int({ default: 1, min: 1 })),
    positive: bool({ default: false }),
  },
  texts: textsOf(
    {
      en: ['Linear Regression', 'Fits the straight line or plane with the least squared error.'],
      es: ['Regresión Lineal', 'Ajusta la recta o el plano con el menor error cuadrático.'],
      pt: ['Regressão Linear', 'Ajusta a reta ou o plano com o menor erro quadrático.'],
      de: ['Lineare Regression', 'Legt die Gerade oder Ebene mit dem kleinsten quadratischen Fehler.'],
      zh: ['线性回归', '拟合平方误差最小的直线或平面。'],
    },
    modelTexts,
  ),
  notes: ['`copy_X` and `n_jobs` have no effect.'],

  fit(x, y, { fit_intercept, positive }, { tick }) {
    return leastSquares(x, y, { fitIntercept: fit_intercept, positive, ...(tick && { tick }) });
  },
  predict: predictLinear,
  artifacts: ({ coefficients }, names) => coefficientBars(coefficients, names),
});
