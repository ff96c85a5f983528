import { defineTask } from '../kit/task.js';
import { textsOf } from '../kit/texts.js';

export const regressionTask = defineTask({
  name: 'RegressionTask',
  answers: 'numbers',
  inputs: { types: ['Float', 'Integer', 'Categorical'], cardinality: 'n' },
  outputs: { types: ['Float', 'Integer'], cardinality: 1 },
  texts: textsOf(
    {
      en: ['Regression', 'Predicts a number for each row of a table.'],
      es: ['Regresión', 'Predice un número para cada fila de una tabla.'],
      pt: ['Regressão', 'Prevê um número para cada linha de uma tabela.'],
      de: ['Regression', 'Sagt für jede Zeile einer Tabelle eine Zahl voraus.'],
      zh: ['回归', '为表格的每一行预测一个数值。'],
    },
    {},
  ),
});
