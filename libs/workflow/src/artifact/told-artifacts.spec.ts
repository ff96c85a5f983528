import { describe, expect, it } from 'vitest';

import type { StoredArtifact } from '#contract';

import { toldArtifacts } from './told-artifacts.js';

const word = { en: 'tree', es: 'árbol', pt: 'árvore', de: 'Baum', zh: '树' };
const place = { role: 'explanation', index: 0 } as const;
const figure = (title: unknown): string => JSON.stringify({ data: [{ x: [1, null, word] }], layout: { title } });

describe('toldArtifacts', () => {
  it('tells titles, figures and tables in the reader’s language', () => {
    const stored: StoredArtifact[] = [
      { ...place, type: 'plotly', title: word, payload: figure({ text: word }) },
      { ...place, type: 'table', title: null, payload: { columns: ['a', word], rows: [[1, word]] } },
    ];
    expect(toldArtifacts(stored, 'es')).toEqual([
      {
        ...place,
        type: 'plotly',
        title: 'árbol',
        payload: '{"data":[{"x":[1,null,"árbol"]}],"layout":{"title":{"text":"árbol"}}}',
        story: null,
      },
      { ...place, type: 'table', title: null, payload: { columns: ['a', 'árbol'], rows: [[1, 'árbol']] }, story: null },
    ]);
  });

  it('tells groups, whose stories stay in every language', () => {
    const sentences = [{ code: 'counterfactual-none', values: { target: 'x' } }];
    const leaf = { ...place, type: 'text', title: null, payload: 'as it is' } as const;
    const [told] = toldArtifacts(
      [{ type: 'grouped', title: word, groups: [{ title: word, artifacts: [leaf], sentences }] }],
      'zh',
    );
    expect(told).toMatchObject({ title: '树', groups: [{ title: '树', artifacts: [{ payload: 'as it is' }] }] });
    expect(told).toMatchObject({
      groups: [{ story: { en: expect.any(String) as string, zh: expect.any(String) as string } }],
    });
  });

  it('leaves the JSON of a figure without words as it was stored, byte for byte', () => {
    const payload = '{ "data": [], "layout": {"title":{"text":"a \\"zh\\": b"}} }';
    expect(toldArtifacts([{ ...place, type: 'plotly', title: null, payload }], 'de')).toMatchObject([{ payload }]);
  });
});
