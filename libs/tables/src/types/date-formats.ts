/** strptime formats a Date column may have, in the order they are tried. */
export const DATE_FORMATS = [
  '%Y-%m-%d',
  '%d/%m/%Y',
  '%d-%m-%Y',
  '%d.%m.%Y',
  '%Y/%m/%d',
  '%m/%d/%Y',
  '%m-%d-%Y',
  '%Y%m%d',
  '%d %b %Y',
  '%d %B %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%dT%H:%M:%S',
  '%Y-%m-%d %H:%M',
  '%d/%m/%Y %H:%M:%S',
  '%d/%m/%Y %H:%M',
  '%d.%m.%Y %H:%M',
  '%m/%d/%Y %H:%M',
] as const;

/** The formats inference takes for dates by itself: ISO 8601 and the European order. */
export const INFERRED_DATE_FORMATS = DATE_FORMATS.slice(0, 5);

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const PARTS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  b: `(?<b>${MONTHS.map((month) => month.slice(0, 3)).join('|')})`,
  B: `(?<B>${MONTHS.join('|')})`,
};

/** A test whether a text is a day of the calendar written in this strptime format. */
export function dateTest(format: string): (value: string) => boolean {
  const compact = format === '%Y%m%d';
  const source = format
    .replaceAll('.', '\\.')
    .replace(/%([A-Za-z])/g, (_, part: string) =>
      compact && part !== 'Y' ? PARTS[part]!.replace('{1,2}', '{2}') : (PARTS[part] ?? '.+'),
    );
  const pattern = new RegExp(`^${source}$`, 'i');
  return (value) => {
    const found = pattern.exec(value.trim())?.groups;
    return found !== undefined && isCalendarDay(found);
  };
}

function isCalendarDay(parts: Record<string, string | undefined>): boolean {
  const word = (parts['B'] ?? parts['b'])?.toLowerCase();
  const month = word ? MONTHS.findIndex((name) => name.startsWith(word)) + 1 : Number(parts['m']);
  const [year, day] = [Number(parts['Y']), Number(parts['d'])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  const clock = Number(parts['H'] ?? 0) < 24 && Number(parts['M'] ?? 0) < 60 && Number(parts['S'] ?? 0) < 60;
  return month >= 1 && month <= 12 && day >= 1 && day <= days && clock;
}

/** The first of these formats that reads every value, or null. */
export function dateFormatOf(values: readonly string[], formats: readonly string[] = DATE_FORMATS): string | null {
  return formats.find((format) => values.every(dateTest(format))) ?? null;
}
