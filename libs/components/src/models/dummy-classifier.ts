import { choice } from '#contract';
import { dummyStrategies, fitDummy, predictDummy } from '#learn';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

export const dummyClassifier = defineClassifier({
  name: 'DummyClassifier',
  tasks: ['TabularClassificationTask'],
  color: '#4DB6AC',
  icon: 'Science',
  tags: { handlesMissing: true, stochastic: true },
  params: { strategy: choice({ default: 'prior', options: dummyStrategies }) },
  texts: textsOf(
    {
      en: ['Dummy Classifier', 'Guesses without looking at the columns: the baseline every model should beat.'],
      es: ['Clasificador Dummy', 'Adivina sin mirar las columnas: la referencia que todo modelo debería superar.'],
      pt: ['Classificador Dummy', 'Adivinha sem olhar para as colunas: a referência que todo modelo deve superar.'],
      de: [
        'Dummy-Klassifikator',
        'Rät, ohne die Spalten anzusehen: die Messlatte, die jedes Modell überbieten sollte.',
      ],
      zh: ['虚拟分类器', '不看任何列的猜测：每个模型都应超过的基线。'],
    },
    {
      strategy: {
        en: ['Strategy', 'The most frequent class, the shares of the classes, a draw by these shares, or all alike.'],
        es: ['Estrategia', 'La clase más frecuente, las proporciones, un sorteo según ellas o todas por igual.'],
        pt: ['Estratégia', 'A classe mais frequente, as proporções, um sorteio segundo elas ou todas por igual.'],
        de: ['Strategie', 'Die häufigste Klasse, die Anteile der Klassen, eine Ziehung danach oder alle gleich.'],
        zh: ['策略', '最常见的类别、各类别的比例、按比例抽取，或全部相同。'],
      },
    },
  ),
  notes: ['`stratified` draws from a fixed seed, so that the same rows get the same guesses again.'],
  waive: { 'beats the dummy': 'it is the dummy' },

  fit: (_, y, classes, { strategy }, { seed }) => fitDummy(y, classes, strategy, seed),
  predict: (state, x) => predictDummy(state, x.rows),
});
