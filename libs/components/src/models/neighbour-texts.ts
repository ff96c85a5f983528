import type { Pairs } from '../kit/texts.js';

/** Labels and helps of parameters that models of neighbours have in common. */
export const neighbourTexts = {
  n_neighbors: {
    en: ['Neighbours', 'Number of nearest training rows that are asked.'],
    es: ['Vecinos', 'Número de filas de entrenamiento más cercanas que se consultan.'],
    pt: ['Vizinhos', 'Número de linhas de treino mais próximas que são consultadas.'],
    de: ['Nachbarn', 'Anzahl der nächsten Trainingszeilen, die befragt werden.'],
    zh: ['邻居数', '参考的最近训练行的数量。'],
  },
  weights: {
    en: ['Weights', 'Whether all neighbours count alike or nearer ones count more.'],
    es: ['Pesos', 'Si todos los vecinos cuentan igual o los más cercanos cuentan más.'],
    pt: ['Pesos', 'Se todos os vizinhos contam por igual ou os mais próximos contam mais.'],
    de: ['Gewichte', 'Ob alle Nachbarn gleich zählen oder nähere mehr.'],
    zh: ['权重', '所有邻居同等重要，还是越近越重要。'],
  },
  algorithm: {
    en: ['Search', 'How neighbours are looked for; it changes the speed, not the answer.'],
    es: ['Búsqueda', 'Cómo se buscan los vecinos; cambia la velocidad, no la respuesta.'],
    pt: ['Procura', 'Como se procuram os vizinhos; muda a velocidade, não a resposta.'],
    de: ['Suche', 'Wie Nachbarn gesucht werden; ändert die Geschwindigkeit, nicht die Antwort.'],
    zh: ['搜索方式', '查找邻居的方法；影响速度，不影响结果。'],
  },
} as const satisfies Record<string, Pairs>;
