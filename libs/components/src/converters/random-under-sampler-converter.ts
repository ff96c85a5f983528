import { deriveSeed, random } from '#linalg';

import { defineRowConverter } from '../kit/converter.js';
import { seeded } from '../kit/seed.js';
import { textsOf } from '../kit/texts.js';

import { balanceParams, classesOf, shrunkSizes } from './class-balance.js';
import { samplingTexts } from './sampling-texts.js';

const { random_state, sampling_strategy } = samplingTexts;

export const randomUnderSamplerConverter = defineRowConverter({
  name: 'RandomUnderSamplerConverter',
  category: 'Sampling',
  columns: { types: ['*'], min: 1 },
  needsTarget: true,
  params: balanceParams,
  texts: textsOf(
    {
      en: ['Random Under-Sampler', 'Removes rows of the larger classes at random until the classes are balanced.'],
      es: ['Submuestreador Aleatorio', 'Elimina al azar filas de las clases mayores hasta equilibrar las clases.'],
      pt: ['Subamostrador Aleatório', 'Remove ao acaso linhas das classes maiores até equilibrar as classes.'],
      de: [
        'Zufälliger Unterabtaster',
        'Entfernt zufällig Zeilen der größeren Klassen, bis die Klassen ausgeglichen sind.',
      ],
      zh: ['随机欠采样', '随机移除较大类别的行，直至各类别平衡。'],
    },
    { sampling_strategy, random_state },
  ),
  notes: ['Rows that stay keep their order.'],

  resample(_frame, target, params, context) {
    const classes = classesOf(target, 'RandomUnderSamplerConverter');
    const sizes = shrunkSizes(classes, params.sampling_strategy);
    const { seed, tick } = seeded(context, params.random_state);
    const kept = classes.flatMap(({ label, rows }, at) => {
      tick?.(at, classes.length);
      return drawn(rows, sizes[at]!, deriveSeed(seed, label));
    });
    return { kept: Int32Array.from(kept).sort(), made: null };
  },
});

/** So many of these rows, each as likely as the others. */
function drawn(rows: Int32Array, count: number, seed: number): number[] {
  const { below } = random(seed);
  const pool = [...rows];
  for (let at = 0; at < count; at++) {
    const other = at + below(pool.length - at);
    [pool[at], pool[other]] = [pool[other]!, pool[at]!];
  }
  return pool.slice(0, count);
}
