/** One cell as it is meant, and whether the file puts it in quotes without need. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}
export type Row = readonly Cell[];

export const COLUMNS = 9;
const DATA_ROWS = 83;
const NAMES = ['day', 'hour', 'amount', 'code', 'price', 'plant', 'description', 'link', 'remark'];
/** Columns that are in quotes throughout. */
const QUOTED = new Set([6, 7]);

const PLANTS = [
  'Silver birch',
  'Mint, in a pot of 4"',
  "Gardener's willow",
  'Rose, climbing',
  'Bench, 48" by 20"',
  'Field maple',
  'Thyme, lemon',
  'Pear 6" stem',
  'Beech',
];
const OPENINGS = [
  'Grows in any soil',
  "Won't mind a dry summer, nor a wet one",
  'Flowers from May, ends in August',
  'Called "the old lady" by those who keep it',
  'Wants sun',
  'A quiet neighbour, hardy and slow',
  'Fits a balcony of 5" boards, a yard or a café',
];
const ENDINGS = [
  'and needs no care.',
  'so water it once a week, more in heat.',
  'yet bees, moths and birds like it.',
  'but keep it from wind,\r\nfrost and hail.',
  'to be cut back in March.',
];
const REMARKS = ['', '', '', 'sold out', '', 'ask first,\r\nthen order', '', ''];

/** 84 rows of nine texts, the names first: dates, times, numbers, commas, quotation marks and line ends within quotes, empty cells. */
export function clean(): Row[] {
  const data = Array.from({ length: DATA_ROWS }, (_, index) => {
    const day = `${two((index % 28) + 1)}/${two((index % 12) + 1)}/2024`;
    const hour = `${two((index * 5) % 24)}:${two((index * 15) % 60)}`;
    const code = `PL-${1000 + index * 37}`;
    const description = `${OPENINGS[index % OPENINGS.length]!} ${ENDINGS[index % ENDINGS.length]!}`;
    const link = `https://nursery.example/plants/${code.replace('-', '_')}`;
    const price = (((index * 731) % 9000) / 100 + 1).toFixed(2);
    const remark = REMARKS[index % REMARKS.length]!;
    return [day, hour, `${(index * 7) % 13}`, code, price, PLANTS[index % PLANTS.length]!, description, link, remark];
  });
  return [NAMES, ...data].map((row) =>
    row.map((text, column) => ({ text, quoted: QUOTED.has(column) || /[",\r\n]/.test(text) })),
  );
}

const two = (number: number) => String(number).padStart(2, '0');
