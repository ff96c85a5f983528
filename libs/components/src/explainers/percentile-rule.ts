import type { Rule } from '#contract';

/** The lower percentile of a grid lies below the upper one. */
export const percentilesInOrder: Rule = {
  kind: 'check',
  id: 'lower_below_upper',
  expr: {
    n: 'cmp',
    op: 'lt',
    a: { n: 'field', f: 'lower_percentile' },
    b: { n: 'field', f: 'upper_percentile' },
  },
  targets: ['lower_percentile', 'upper_percentile'],
  message: {
    en: 'The lower percentile must lie below the upper one.',
    es: 'El percentil inferior debe quedar por debajo del superior.',
    pt: 'O percentil inferior deve ficar abaixo do superior.',
    de: 'Das untere Perzentil muss unter dem oberen liegen.',
    zh: '下百分位必须小于上百分位。',
  },
};
