import type { StatisticalTest } from '../kit/statistical-test.js';

type Interpretation = StatisticalTest['interpretation'];

/** Of tests by the means of two runs. */
export const ofMeans: Interpretation = {
  significant: {
    en: 'The runs differ by more than chance explains.',
    es: 'Las ejecuciones difieren más de lo que explica el azar.',
    pt: 'As execuções diferem mais do que o acaso explica.',
    de: 'Die Läufe unterscheiden sich stärker, als Zufall erklärt.',
    zh: '各运行之间的差异超出了偶然所能解释的程度。',
  },
  notSignificant: {
    en: 'Chance alone may explain how the runs differ.',
    es: 'El azar por sí solo puede explicar en qué difieren las ejecuciones.',
    pt: 'O acaso por si só pode explicar como as execuções diferem.',
    de: 'Der Zufall allein kann erklären, wie sich die Läufe unterscheiden.',
    zh: '各运行之间的差异可能仅由偶然造成。',
  },
};

/** Of tests whether runs spread equally. */
export const ofSpread: Interpretation = {
  significant: {
    en: 'The runs spread differently.',
    es: 'Las ejecuciones tienen dispersiones distintas.',
    pt: 'As execuções têm dispersões diferentes.',
    de: 'Die Läufe streuen verschieden.',
    zh: '各运行的离散程度不同。',
  },
  notSignificant: {
    en: 'Nothing speaks against an equal spread of the runs.',
    es: 'Nada habla en contra de una dispersión igual de las ejecuciones.',
    pt: 'Nada indica que a dispersão das execuções seja diferente.',
    de: 'Nichts spricht gegen eine gleiche Streuung der Läufe.',
    zh: '没有证据表明各运行的离散程度不同。',
  },
};
