import { eachText, joinWords, type Words } from '#contract';

import { theme } from './theme.js';

/** An attribute of a trace or layout; typed arrays are written as JSON arrays, `undefined` is left out. */
export type Attribute =
  | string
  | number
  | boolean
  | null
  | undefined
  | Float64Array
  | readonly Attribute[]
  | { readonly [name: string]: Attribute };
/** One Plotly trace: its type and the attributes of Plotly's schema. */
export interface Trace {
  readonly type: string;
  readonly [attribute: string]: Attribute;
}
/** A Plotly figure as plain data. */
export interface Figure {
  readonly data: readonly Trace[];
  readonly layout: { readonly [attribute: string]: Attribute };
}

/** What a figure says of itself, in the reader's language where it is more than names; all of it is text, never markup. */
export interface Labels {
  readonly title: Words;
  /** A second line: what was left out or drawn together. */
  readonly note?: Words | undefined;
  readonly x?: Words;
  readonly y?: Words;
  readonly legend?: Words | undefined;
}

/** A column name or a level as Plotly text, which would read `<` and `&` as markup. */
export function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The same of words in every language. */
export const plainWords = (words: Words): Words => eachText(words, plainText);

/** Remarks on one line; undefined without any. */
export function noteOf(...parts: readonly (Words | null | undefined)[]): Words | undefined {
  const said = parts.filter((part) => part !== null && part !== undefined);
  return said.length === 0 ? undefined : joinWords(said, '; ');
}

/** A title with its note on a second, smaller line. */
export function titleText({ title, note }: Labels): Words {
  if (note === undefined) return plainWords(title);
  return joinWords([plainWords(title), eachText(plainWords(note), (text) => `<sub>${text}</sub>`)], '<br>');
}

type Axis = { readonly [attribute: string]: Attribute };

/** A figure in the house style; `axes` adds to the two axes, `layout` to the rest. */
export function figure(
  labels: Labels,
  data: readonly Trace[],
  axes: { readonly x?: Axis; readonly y?: Axis } = {},
  layout: Figure['layout'] = {},
): Figure {
  const axis = (text: Words | undefined, extra: Axis = {}): Axis => ({
    automargin: true,
    gridcolor: theme.faint,
    zerolinecolor: theme.faint,
    ...(text === undefined ? {} : { title: { text: plainWords(text) } }),
    ...extra,
  });
  return {
    data,
    layout: {
      title: { text: titleText(labels) },
      colorway: theme.palette,
      font: { family: theme.font, color: theme.ink },
      paper_bgcolor: theme.clear,
      plot_bgcolor: theme.clear,
      xaxis: axis(labels.x, axes.x),
      yaxis: axis(labels.y, axes.y),
      ...(labels.legend === undefined ? {} : { legend: { title: { text: plainWords(labels.legend) } } }),
      ...layout,
    },
  };
}

/**
 * The figure as the JSON string artifacts carry, words in every language where their text will be: NaN and infinities become null, because JSON has
 * neither.
 */
export function figureJson(drawn: Figure): string {
  return JSON.stringify(drawn, (_, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value));
}

/** The figure as an artifact that has no place in a list yet; its title stands in the figure. */
export function figureArtifact(drawn: Figure): { type: 'plotly'; payload: string; title: null } {
  return { type: 'plotly', payload: figureJson(drawn), title: null };
}
