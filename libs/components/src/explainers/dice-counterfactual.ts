import { choice, int, string } from '#contract';

import { defineLocalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { MOST_KNOWN } from './cell-space.js';
import { classCode } from './class-choice.js';
import { explainByCounterfactuals } from './counterfactual-explanation.js';
import { bredCandidates, chosenCandidates, knownCandidates, randomCandidates } from './dice-search.js';

const OPPOSITE = 'opposite';
const SEARCHES = { random: randomCandidates, genetic: bredCandidates, kdtree: knownCandidates } as const;

export const diceCounterfactual = defineLocalExplainer({
  name: 'DiceCounterfactual',
  tasks: ['TabularClassificationTask'],
  params: {
    total_cfs: int({ default: 3, min: 1, max: 10 }),
    method: choice({ default: 'random', options: Object.keys(SEARCHES) as (keyof typeof SEARCHES)[] }),
    desired_class: string({ default: OPPOSITE }),
  },
  texts: textsOf(
    {
      en: ['DiCE Counterfactuals', 'Shows small changes of a row, unlike each other, that lead to another class.'],
      es: [
        'Contrafactuales DiCE',
        'Muestra pequeños cambios de una fila, distintos entre sí, que llevan a otra clase.',
      ],
      pt: [
        'Contrafactuais DiCE',
        'Mostra pequenas mudanças de uma linha, diferentes entre si, que levam a outra classe.',
      ],
      de: [
        'DiCE-Kontrafakten',
        'Zeigt kleine, untereinander verschiedene Änderungen einer Zeile, die zu einer anderen Klasse führen.',
      ],
      zh: ['DiCE 反事实', '显示某一行的若干互不相同的小改动，这些改动会使其变为另一类别。'],
    },
    {
      total_cfs: {
        en: ['Counterfactuals', 'How many changed rows are searched for.'],
        es: ['Contrafactuales', 'Cuántas filas cambiadas se buscan.'],
        pt: ['Contrafactuais', 'Quantas linhas mudadas se procuram.'],
        de: ['Kontrafakten', 'Wie viele geänderte Zeilen gesucht werden.'],
        zh: ['反事实数量', '搜索多少个改动后的行。'],
      },
      method: {
        en: ['Search', 'Random changes, changes that are bred, or the nearest training rows.'],
        es: ['Búsqueda', 'Cambios al azar, cambios que se crían o las filas de entrenamiento más cercanas.'],
        pt: ['Procura', 'Mudanças ao acaso, mudanças criadas por gerações ou as linhas de treino mais próximas.'],
        de: ['Suche', 'Zufällige Änderungen, gezüchtete Änderungen oder die nächsten Trainingszeilen.'],
        zh: ['搜索方法', '随机改动、遗传演化的改动，或最近的训练行。'],
      },
      desired_class: {
        en: ['Desired class', 'The exact name of a class, or "opposite" for any other than the predicted one.'],
        es: ['Clase deseada', 'El nombre exacto de una clase, u "opposite" para cualquier otra que la predicha.'],
        pt: ['Classe desejada', 'O nome exato de uma classe, ou "opposite" para qualquer outra que não a prevista.'],
        de: [
          'Gewünschte Klasse',
          'Der genaue Name einer Klasse, oder „opposite“ für jede andere als die vorhergesagte.',
        ],
        zh: ['目标类别', '某一类别的确切名称；“opposite”表示预测类别以外的任一类别。'],
      },
    },
  ),
  notes: [
    'The searches are our own after those of dice_ml: changed cells take values that training rows have, so that no impossible one is suggested, and changes that are not needed are taken back.',
    'A row that is in the desired class already has no counterfactual.',
    `Of more than ${MOST_KNOWN} training rows so many are drawn.`,
  ],

  explain: (model, training, rows, { total_cfs: count, method, desired_class: desired }, context) =>
    explainByCounterfactuals(
      model,
      training,
      rows,
      (space, { own, code, codes }) => {
        const named = desired === OPPOSITE ? null : classCode(space.model, 'desired_class', desired);
        if (named === code) return [];
        const wanted = (other: number): boolean => (named === null ? other !== code : other === named);
        const question = { space, own, codes, wanted, count, seed: context.seed };
        return chosenCandidates(question, SEARCHES[method](question)).map((candidate) => ({ candidate }));
      },
      context,
    ),
});
