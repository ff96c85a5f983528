import { NumericError } from '#linalg';

/** A value a search may choose. */
export type Choice = string | number | boolean | null;

/** What a parameter may be: a float in [low, high], an integer in [low, high], or one of the choices. `log` needs low > 0. */
export type Dimension =
  | { readonly kind: 'float' | 'int'; readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly kind: 'categorical'; readonly choices: readonly Choice[] };

/** The parameters to search, by name. */
export type SearchSpace = Readonly<Record<string, Dimension>>;

/** A dimension of the space samplers work in, where a number stands for itself and a category for its place. */
export interface Axis {
  readonly name: string;
  readonly choices: readonly Choice[] | null;
  /** Bounds on the (log) scale; of integers half a step wider on both sides; of categories 0 … count. */
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
  readonly log: boolean;
  /** Bounds in the parameter's own unit. */
  readonly first: number;
  readonly last: number;
}

function axis(name: string, dimension: Dimension): Axis {
  if (dimension.kind === 'categorical') {
    const count = dimension.choices.length;
    if (count === 0) throw new NumericError('bad-parameter', { parameter: name, value: 'no choices' });
    return {
      name,
      choices: dimension.choices,
      low: 0,
      high: count,
      whole: true,
      log: false,
      first: 0,
      last: count - 1,
    };
  }
  const { low, high, log = false } = dimension;
  const whole = dimension.kind === 'int';
  if (!(
    Number.isFinite(low) &&
    Number.isFinite(high) &&
    low <= high &&
    (!log || low > 0) &&
    (!whole || (Number.isInteger(low) && Number.isInteger(high)))
  )) {
    throw new NumericError('bad-parameter', { parameter: name, value: `${low} to ${high}` });
  }
  const margin = whole ? 0.5 : 0;
  const scale = log ? Math.log : (value: number): number => value;
  return {
    name,
    choices: null,
    low: scale(low - margin),
    high: scale(high + margin),
    whole,
    log,
    first: low,
    last: high,
  };
}

/** The axes of a space in the order of its names. A bad bound or no choices: `bad-parameter`. */
export function axesOf(space: SearchSpace): readonly Axis[] {
  return Object.entries(space).map(([name, dimension]) => axis(name, dimension));
}

/** The coordinate nearest to a point of the (log) scale: itself, a whole number, or a category's place. */
export function settle({ choices, whole, log, first, last }: Axis, scaled: number): number {
  const value = log ? Math.exp(scaled) : scaled;
  const near = choices ? Math.floor(value) : whole ? Math.round(value) : value;
  return Math.min(last, Math.max(first, near));
}

/** A point of the unit interval as a coordinate; equal shares of the interval for all categories and integers. */
export function fromUnit(on: Axis, unit: number): number {
  return settle(on, on.low + unit * (on.high - on.low));
}

/** A coordinate as a point of the unit interval: the middle of a category's or integer's share. */
export function toUnit({ choices, log, low, high }: Axis, coordinate: number): number {
  const scaled = choices ? coordinate + 0.5 : log ? Math.log(coordinate) : coordinate;
  return high === low ? 0.5 : (scaled - low) / (high - low);
}

/** The parameters a point stands for. */
export function paramsOf(axes: readonly Axis[], point: Float64Array): Readonly<Record<string, Choice>> {
  return Object.fromEntries(axes.map(({ name, choices }, i) => [name, choices ? choices[point[i]!]! : point[i]!]));
}

/** The point of these parameters. A choice that is none: `bad-parameter`. */
export function pointOf(axes: readonly Axis[], params: Readonly<Record<string, Choice>>): Float64Array {
  return Float64Array.from(axes, ({ name, choices }) => {
    const place = choices ? choices.indexOf(params[name]!) : Number(params[name]);
    if (place < 0 && choices) throw new NumericError('bad-parameter', { parameter: name, value: String(params[name]) });
    return place;
  });
}
