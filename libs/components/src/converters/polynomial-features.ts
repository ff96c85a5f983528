import { AppError, bool, choice, int } from '#contract';
import { createFrame, numericColumn } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { numbers } from './whole-numbers.js';

const MOST_COLUMNS = 2000;

export const polynomialFeatures = defineConverter({
  name: 'PolynomialFeatures',
  category: 'Polynomial and kernel',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: {
    degree: int({ default: 2, min: 1 }),
    interaction_only: bool({ default: false }),
    include_bias: bool({ default: true }),
    order: choice({ default: 'C', options: ['C', 'F'] }),
  },
  texts: textsOf(
    {
      en: ['Polynomial Features', 'Adds the products of the columns with themselves and each other up to a degree.'],
      es: [
        'Características Polinomiales',
        'Añade los productos de las columnas consigo mismas y entre sí hasta un grado.',
      ],
      pt: ['Características Polinomiais', 'Acrescenta os produtos das colunas consigo mesmas e entre si até um grau.'],
      de: ['Polynommerkmale', 'Fügt die Produkte der Spalten mit sich und miteinander bis zu einem Grad an.'],
      zh: ['多项式特征', '添加各列自身及相互之间的乘积，直至给定次数。'],
    },
    {
      degree: {
        en: ['Degree', 'How many factors a product has at most.'],
        es: ['Grado', 'Cuántos factores tiene un producto como máximo.'],
        pt: ['Grau', 'Quantos fatores um produto tem no máximo.'],
        de: ['Grad', 'Wie viele Faktoren ein Produkt höchstens hat.'],
        zh: ['次数', '一个乘积最多包含的因子数。'],
      },
      interaction_only: {
        en: ['Interactions only', 'Leave out products that hold a column more than once.'],
        es: ['Solo interacciones', 'Omitir los productos que contienen una columna más de una vez.'],
        pt: ['Só interações', 'Deixar de fora os produtos que contêm uma coluna mais de uma vez.'],
        de: ['Nur Wechselwirkungen', 'Produkte auslassen, die eine Spalte mehrfach enthalten.'],
        zh: ['仅交互项', '略去同一列出现多次的乘积。'],
      },
      include_bias: {
        en: ['Column of ones', 'Also add a column called 1 that holds 1 everywhere.'],
        es: ['Columna de unos', 'Añadir también una columna llamada 1 que vale 1 en todas partes.'],
        pt: ['Coluna de uns', 'Acrescentar também uma coluna chamada 1 que vale 1 em toda a parte.'],
        de: ['Einserspalte', 'Auch eine Spalte namens 1 anfügen, die überall 1 ist.'],
        zh: ['常数列', '另加一列名为 1、处处为 1 的列。'],
      },
      order: {
        en: ['Memory order', 'How the reference lays numbers out in memory; without effect here.'],
        es: ['Orden en memoria', 'Cómo dispone la referencia los números en memoria; aquí sin efecto.'],
        pt: ['Ordem na memória', 'Como a referência dispõe os números na memória; aqui sem efeito.'],
        de: ['Speicherfolge', 'Wie die Vorlage Zahlen im Speicher ablegt; hier ohne Wirkung.'],
        zh: ['内存顺序', '参考实现在内存中排列数字的方式；此处不起作用。'],
      },
    },
  ),
  notes: [
    'Products are called as scikit-learn calls them: `a^2`, `a b`. A product with a missing factor, or too large to be held, has no value.',
    'More than 2,000 columns are an error.',
  ],

  fit(frame, _, { degree, interaction_only, include_bias }) {
    const products = productsOf(frame.columns.length, degree, interaction_only);
    const all = include_bias ? [[], ...products] : products;
    const names = all.map((factors) => nameOf(factors, (at) => frame.columns[at]!.name));
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice !== undefined) throw new AppError('columns-duplicated', { column: twice });
    return { products: all, names };
  },

  transform({ products, names }, frame) {
    const x = numbers(frame);
    const columns = (products as readonly (readonly number[])[]).map((factors, at) => {
      const values = new Float64Array(frame.rows).fill(1);
      for (const factor of factors)
        for (let row = 0; row < values.length; row++) values[row]! *= x.data[factor * x.rows + row]!;
      return numericColumn(
        names[at]!,
        values.map((value) => (Number.isFinite(value) ? value : NaN)),
      );
    });
    return createFrame(columns, frame.rows);
  },
});

/** Rising lists of columns, shorter ones first. @throws AppError `too-many-columns`. */
function productsOf(columns: number, degree: number, distinct: boolean): number[][] {
  const products: number[][] = [];
  let shorter: number[][] = [[]];
  for (let length = 1; length <= degree && shorter.length > 0; length++) {
    const longer: number[][] = [];
    for (const factors of shorter)
      for (let next = factors.length === 0 ? 0 : factors.at(-1)! + (distinct ? 1 : 0); next < columns; next++) {
        longer.push([...factors, next]);
        if (products.length + longer.length > MOST_COLUMNS)
          throw new AppError('too-many-columns', { count: products.length + longer.length, limit: MOST_COLUMNS });
      }
    products.push(...longer);
    shorter = longer;
  }
  return products;
}

function nameOf(factors: readonly number[], name: (at: number) => string): string {
  if (factors.length === 0) return '1';
  return [...new Set(factors)]
    .map((at) => {
      const power = factors.filter((other) => other === at).length;
      return power === 1 ? name(at) : `${name(at)}^${power}`;
    })
    .join(' ');
}
