import { AppError, string } from '#contract';
import { cellAt, column, select } from '#frame';

import { defineLocalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { answersOf } from './answers.js';
import { backgroundParams, backgroundTexts, shapleyNotes } from './background-params.js';
import { classCode } from './class-choice.js';
import { type Contrast, contrastExplanation } from './contrast-explanation.js';
import { backgroundOf, MOST_BACKGROUND } from './kernel-shap-explanation.js';
import { attributeRows } from './shapley-rows.js';

const SECOND = 'second_most_probable';

export const contrastiveShap = defineLocalExplainer({
  name: 'ContrastiveShap',
  tasks: ['TabularClassificationTask'],
  params: { foil_class: string({ default: SECOND }), ...backgroundParams },
  texts: textsOf(
    {
      en: [
        'Contrastive SHAP (why P rather than Q)',
        'Shows which columns made the model answer one class and not another.',
      ],
      es: [
        'SHAP contrastivo (por qué P y no Q)',
        'Muestra qué columnas hicieron que el modelo respondiera una clase y no otra.',
      ],
      pt: [
        'SHAP contrastivo (porquê P e não Q)',
        'Mostra que colunas fizeram o modelo responder uma classe e não outra.',
      ],
      de: [
        'Kontrastives SHAP (warum P und nicht Q)',
        'Zeigt, welche Spalten das Modell die eine Klasse antworten ließen und nicht die andere.',
      ],
      zh: ['对比式 SHAP（为何是 P 而不是 Q）', '显示哪些列使模型给出某一类别而不是另一类别。'],
    },
    {
      foil_class: {
        en: ['Foil class', 'The exact name of the class that was not answered, or "second_most_probable".'],
        es: ['Clase de contraste', 'El nombre exacto de la clase que no se respondió, o "second_most_probable".'],
        pt: ['Classe de contraste', 'O nome exato da classe que não foi respondida, ou "second_most_probable".'],
        de: ['Gegenklasse', 'Der genaue Name der Klasse, die nicht geantwortet wurde, oder „second_most_probable“.'],
        zh: ['对照类别', '未被选中的类别的确切名称，或“second_most_probable”。'],
      },
      ...backgroundTexts,
    },
  ),
  notes: [
    ...shapleyNotes(MOST_BACKGROUND),
    'Of a row that is answered the foil class itself, the foil is its second most probable class.',
  ],

  explain(model, training, rows, { foil_class: named, ...options }, context) {
    if (model.answers !== 'classes' || rows.rows === 0 || training.rows === 0) throw new AppError('no-rows');
    const { inputs } = model;
    const wished = named === SECOND ? null : classCode(model, 'foil_class', named);
    const asked = select(rows, inputs);
    const background = select(backgroundOf(training, options, context.seed), inputs);
    const identity = (answer: number): number => answer;
    const { base, rows: found } = attributeRows(answersOf(model), inputs, background, asked, identity, context);
    const contrasts = found.map(({ prediction, values }, row): Contrast => {
      const ranked = prediction.map((_, target) => target).sort((a, b) => prediction[b]! - prediction[a]!);
      const fact = ranked[0]!;
      const foil = wished === null || wished === fact ? ranked[1]! : wished;
      const cells = inputs.map((name) => cellAt(column(asked, name), row));
      return { cells, prediction, fact, foil, ofFact: values[fact]!, ofFoil: values[foil]! };
    });
    return contrastExplanation(model, contrasts, { rows: background.rows, base });
  },
});
