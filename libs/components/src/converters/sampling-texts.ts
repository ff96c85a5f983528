import { int, orNull, choice, union } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** A seed as decompositions take it: a number, nothing, or the word for the platform's own. */
export const decompositionSeed = orNull(
  union({ default: null, of: [int({ default: 0 }), choice({ default: 'RandomState', options: ['RandomState'] })] }),
);

/** Texts of parameters that several converters share. */
export const samplingTexts = {
  random_state: {
    en: ['Random seed', 'The same number draws the same random choices again; empty takes a fixed one.'],
    es: ['Semilla aleatoria', 'El mismo número repite las mismas elecciones al azar; vacío toma una fija.'],
    pt: ['Semente aleatória', 'O mesmo número repete as mesmas escolhas ao acaso; vazio usa uma fixa.'],
    de: ['Zufallszahl', 'Dieselbe Zahl wiederholt dieselben zufälligen Züge; leer nimmt eine feste.'],
    zh: ['随机种子', '相同的数字会重复相同的随机选择；留空则使用固定值。'],
  },
  sampling_strategy: {
    en: [
      'Balance',
      '`auto` makes all classes equally large; with two classes, a number is how large the smaller is to be beside the larger.',
    ],
    es: [
      'Equilibrio',
      '`auto` iguala el tamaño de todas las clases; con dos clases, un número es el tamaño de la menor frente a la mayor.',
    ],
    pt: [
      'Equilíbrio',
      '`auto` iguala o tamanho de todas as classes; com duas classes, um número é o tamanho da menor face à maior.',
    ],
    de: [
      'Ausgleich',
      '`auto` macht alle Klassen gleich groß; bei zwei Klassen sagt eine Zahl, wie groß die kleinere neben der größeren sein soll.',
    ],
    zh: ['平衡方式', '`auto` 使所有类别数量相等；只有两个类别时，数字表示较小类别与较大类别的比例。'],
  },
  k_neighbors: {
    en: ['Neighbours', 'New rows lie between a row and one of this many nearest rows of its class.'],
    es: ['Vecinos', 'Las filas nuevas quedan entre una fila y una de estas tantas más cercanas de su clase.'],
    pt: ['Vizinhos', 'As linhas novas ficam entre uma linha e uma destas tantas mais próximas da sua classe.'],
    de: ['Nachbarn', 'Neue Zeilen liegen zwischen einer Zeile und einer von so vielen nächsten ihrer Klasse.'],
    zh: ['近邻数', '新行位于某一行与其同类中这么多个最近邻之一的连线上。'],
  },
} as const satisfies Record<string, Pairs>;
