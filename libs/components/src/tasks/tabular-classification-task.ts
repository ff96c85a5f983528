import { defineTask } from '../kit/task.js';
import { textsOf } from '../kit/texts.js';

export const tabularClassificationTask = defineTask({
  name: 'TabularClassificationTask',
  answers: 'classes',
  inputs: { types: ['Float', 'Integer', 'Categorical'], cardinality: 'n' },
  outputs: { types: ['Categorical'], cardinality: 1 },
  texts: textsOf(
    {
      en: ['Tabular Classification', 'Predicts which class each row of a table belongs to.'],
      es: ['Clasificación Tabular', 'Predice a qué clase pertenece cada fila de una tabla.'],
      pt: ['Classificação Tabular', 'Prevê a que classe pertence cada linha de uma tabela.'],
      de: ['Tabellarische Klassifikation', 'Sagt voraus, zu welcher Klasse jede Zeile einer Tabelle gehört.'],
      zh: ['表格分类', '预测表格中每一行所属的类别。'],
    },
    {},
  ),
});
