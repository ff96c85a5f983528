import { LOCALES } from '#contract';
import { localise } from '#i18n';

/**
 * The part of Plotly's plot-schema (plotly.js 3) that our figures may use. An attribute that is not here is not drawn by us, so a
 * misspelled one fails. A list holds the values of an enumerated attribute; a trailing `[]` allows one value per point.
 */
export type Kind =
  | 'number'
  | 'number[]'
  | 'boolean'
  | 'string'
  | 'string[]'
  | 'color'
  | 'color[]'
  | 'colorscale'
  | 'data'
  | 'grid'
  | 'flags';
export type Schema = Kind | readonly (string | boolean)[] | { readonly [attribute: string]: Schema };

const title = { text: 'string' } as const;
const colorbar = { title } as const;
const shading = {
  colorscale: 'colorscale',
  cmin: 'number',
  cmax: 'number',
  showscale: 'boolean',
  colorbar,
} as const;
const errors = { type: ['data', 'percent', 'sqrt', 'constant'], array: 'data', visible: 'boolean' } as const;
const common = {
  name: 'string',
  showlegend: 'boolean',
  x: 'data',
  y: 'data',
  xaxis: 'string',
  yaxis: 'string',
  hovertext: 'string[]',
  hoverinfo: 'flags',
} as const;
const symbol = [
  'circle',
  'square',
  'diamond',
  'cross',
  'x',
  'triangle-up',
  'triangle-down',
  'star',
  'hexagon',
  'pentagon',
] as const;
const points = {
  ...common,
  mode: ['lines', 'markers', 'lines+markers'],
  marker: {
    color: 'color[]',
    symbol,
    opacity: 'number[]',
    size: 'number[]',
    sizemode: ['diameter', 'area'],
    sizeref: 'number',
    sizemin: 'number',
    ...shading,
  },
  line: { color: 'color', width: 'number', dash: 'string' },
  error_x: errors,
  error_y: errors,
} as const;

const traces: Readonly<Record<string, { readonly [attribute: string]: Schema }>> = {
  scatter: points,
  scattergl: points,
  bar: {
    ...common,
    orientation: ['v', 'h'],
    width: 'number[]',
    marker: {
      color: 'color[]',
      line: { width: 'number[]', color: 'color[]' },
      pattern: { shape: ['', '/', '\\', 'x', '-', '|', '+', '.'], fgcolor: 'color[]' },
    },
    error_x: errors,
    error_y: errors,
  },
  box: {
    ...common,
    x: 'grid',
    y: 'grid',
    orientation: ['v', 'h'],
    q1: 'data',
    median: 'data',
    q3: 'data',
    mean: 'data',
    lowerfence: 'data',
    upperfence: 'data',
    boxpoints: ['all', 'outliers', 'suspectedoutliers', false],
    jitter: 'number',
    pointpos: 'number',
    marker: { color: 'color' },
  },
  heatmap: {
    ...common,
    z: 'grid',
    zmin: 'number',
    zmax: 'number',
    colorscale: 'colorscale',
    texttemplate: 'string',
    hoverongaps: 'boolean',
    colorbar,
  },
  contour: {
    ...common,
    z: 'grid',
    connectgaps: 'boolean',
    colorscale: 'colorscale',
    reversescale: 'boolean',
    line: { width: 'number' },
    colorbar,
  },
};

const axis = {
  title,
  type: ['-', 'linear', 'log', 'date', 'category', 'multicategory'],
  automargin: 'boolean',
  autorange: [true, false, 'reversed', 'min reversed', 'max reversed', 'min', 'max'],
  gridcolor: 'color',
  zerolinecolor: 'color',
  domain: 'number[]',
} as const;
const layout = {
  title,
  colorway: 'color[]',
  font: { family: 'string', color: 'color', size: 'number' },
  paper_bgcolor: 'color',
  plot_bgcolor: 'color',
  xaxis: axis,
  yaxis: axis,
  legend: { title },
  barmode: ['stack', 'group', 'overlay', 'relative'],
  bargap: 'number',
} as const;

const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const isColor = (value: unknown): boolean =>
  typeof value === 'string' && /^(#[0-9a-f]{6}|rgba?\([\d.,% ]+\))$/i.test(value);
const isCell = (value: unknown): boolean => value === null || isNumber(value) || typeof value === 'string';
const listOf = (value: unknown, test: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(test);

const tests: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  number: isNumber,
  'number[]': (value) => isNumber(value) || listOf(value, (item) => item === null || isNumber(item)),
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  'string[]': (value) => typeof value === 'string' || listOf(value, (item) => typeof item === 'string'),
  color: isColor,
  'color[]': (value) => isColor(value) || listOf(value, (item) => item === null || isColor(item) || isNumber(item)),
  colorscale: (value) =>
    listOf(value, (stop) => Array.isArray(stop) && stop.length === 2 && isNumber(stop[0]) && isColor(stop[1])),
  data: (value) => listOf(value, isCell),
  grid: (value) => listOf(value, (item) => isCell(item) || listOf(item, isCell)),
  flags: (value) => typeof value === 'string',
};

function violations(value: unknown, schema: Schema, path: string): string[] {
  if (typeof schema === 'string') return tests[schema](value) ? [] : [`${path} is no ${schema}`];
  if (Array.isArray(schema)) return schema.includes(value) ? [] : [`${path} is ${JSON.stringify(value)}`];
  if (typeof value !== 'object' || value === null) return [`${path} is no object`];
  const known = schema as { readonly [attribute: string]: Schema };
  return Object.entries(value).flatMap(([name, inner]) =>
    Object.hasOwn(known, name) ? violations(inner, known[name]!, `${path}.${name}`) : [`${path}.${name} is unknown`],
  );
}

/**
 * What is wrong with a figure, given as its JSON string, in any language: names Plotly does not know, values of the wrong kind, words
 * with an empty place.
 */
export function figureViolations(json: string): string[] {
  const figure = JSON.parse(json) as unknown;
  const wrong = LOCALES.flatMap((locale) => violationsOf(localise(figure, locale) as Figure));
  const places = /"(?:en|es|pt|de|zh)":"[^"]*\{\w+\}[^"]*"/.exec(json);
  return [...new Set([...wrong, ...(places ? [`${places[0]} has an empty place`] : [])])];
}

interface Figure {
  readonly data?: unknown;
  readonly layout?: unknown;
}
function violationsOf(figure: Figure): string[] {
  if (!Array.isArray(figure.data) || typeof figure.layout !== 'object') return ['a figure has data and layout'];
  return [
    ...Object.keys(figure)
      .filter((key) => key !== 'data' && key !== 'layout')
      .map((key) => `${key} is unknown`),
    ...figure.data.flatMap((trace: { type?: string }, index) => {
      const { type = '', ...attributes } = trace;
      const schema = Object.hasOwn(traces, type) ? traces[type] : undefined;
      return schema
        ? violations(attributes, schema, `data[${index}]`)
        : [`data[${index}] has the unknown type "${type}"`];
    }),
    // Further axes, such as xaxis2, take what the first one takes.
    ...Object.entries(figure.layout ?? {}).flatMap(([name, value]) =>
      violations({ [name.replace(/^([xy]axis)\d+$/, '$1')]: value as unknown }, layout, 'layout'),
    ),
  ];
}
