/** Every colour and font a figure may use; figures never name one of their own. */
export const theme = {
  /** Told apart by people with any colour vision; series take them in turn. Source: Okabe and Ito, with three darker tones added. */
  palette: [
    '#0072b2',
    '#e69f00',
    '#009e73',
    '#cc79a7',
    '#56b4e9',
    '#d55e00',
    '#8c6d31',
    '#5b5ea6',
    '#7f7f7f',
    '#1b7837',
  ],
  /** For values with a sign, from −1 to 1. */
  diverging: [
    [0, '#b2182b'],
    [0.25, '#f4a582'],
    [0.5, '#f7f7f7'],
    [0.75, '#92c5de'],
    [1, '#2166ac'],
  ],
  /** For amounts, from little to much. */
  sequential: [
    [0, '#f7fbff'],
    [0.25, '#c6dbef'],
    [0.5, '#6baed6'],
    [0.75, '#2171b5'],
    [1, '#08306b'],
  ],
  ink: '#2a3140',
  faint: '#d8dde6',
  clear: 'rgba(0,0,0,0)',
  font: 'system-ui, sans-serif',
  symbols: ['circle', 'square', 'diamond', 'cross', 'x', 'triangle-up', 'triangle-down', 'star', 'hexagon', 'pentagon'],
  patterns: ['', '/', 'x', '-', '|', '+', '.', '\\'],
} as const;

/** The colour of the series with this number. */
export const seriesColor = (index: number): string => theme.palette[index % theme.palette.length]!;
/** The marker symbol of the group with this number. */
export const seriesSymbol = (index: number): string => theme.symbols[index % theme.symbols.length]!;
/** The fill pattern of the group with this number. */
export const seriesPattern = (index: number): string => theme.patterns[index % theme.patterns.length]!;
