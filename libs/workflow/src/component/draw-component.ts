import type { ComponentManifest, ComponentType, FileAnswer, Locale } from '#contract';

import type { Ports } from '../ports.js';

const WIDTH = 320;
const HEIGHT = 180;
const CACHE_SECONDS = 3600;
/** About as many characters as fit a line of the card. */
const LINE = 26;

const bars = '<path d="M0 60V30h12v30zM18 60V8h12v52zM36 60V20h12v40zM54 60V42h12v18z"/>';
const dots =
  '<circle cx="8" cy="52" r="5"/><circle cx="22" cy="34" r="5"/><circle cx="36" cy="40" r="5"/><circle cx="48" cy="18" r="5"/><circle cx="60" cy="8" r="5"/>';
const arrows = '<path d="M0 14h38V4l28 16-28 16V26H0zM66 50H28V40L8 50l20 12v-6h38z"/>';
const tree =
  '<path d="M33 14v12M12 40V28h42v12" fill="none" stroke="currentColor" stroke-width="4"/><circle cx="33" cy="9" r="9"/><circle cx="12" cy="48" r="9"/><circle cx="54" cy="48" r="9"/>';
const parts = '<path d="M0 4h40v16H0zM46 4h20v16H46zM0 26h40v16H0zM46 26h20v16H46zM0 48h40v12H0zM46 48h20v12H46z"/>';
const lens =
  '<circle cx="28" cy="26" r="20" fill="none" stroke="currentColor" stroke-width="6"/><path d="M42 44l6-6 18 18-6 6z"/>';

/** A drawing of 66 × 64 for each kind. */
const DRAWINGS: Readonly<Partial<Record<ComponentType, string>>> = {
  Converter: arrows,
  DataLoader: arrows,
  EvaluationStrategy: parts,
  Explorer: bars,
  GlobalExplainer: lens,
  LocalExplainer: lens,
  Metric: bars,
  Model: tree,
  Optimizer: dots,
  Splitter: parts,
};

/** A component's preview: a card with its colour, the drawing of its kind and its name. @throws AppError `component-not-found`. */
export function drawComponent({ catalogue }: Ports, name: string, locale: Locale): FileAnswer {
  const manifest = catalogue.get(name, undefined, 'component-not-found');
  return {
    content: card(manifest, manifest.displayName[locale]),
    filename: `${manifest.name}.svg`,
    mediaType: 'image/svg+xml',
    cacheSeconds: CACHE_SECONDS,
  };
}

function card({ type, color }: ComponentManifest, title: string): string {
  const paint = color !== null && /^#[\da-f]{3,8}$/i.test(color) ? color : '#546e7a';
  const text = title.length > LINE ? `${title.slice(0, LINE - 1)}…` : title;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">
<rect width="${WIDTH}" height="${HEIGHT}" fill="${paint}"/>
<g transform="translate(127 34)" fill="#fff" color="#fff" opacity=".92">${DRAWINGS[type] ?? dots}</g>
<text x="${WIDTH / 2}" y="142" fill="#fff" font-family="system-ui, sans-serif" font-size="19" text-anchor="middle">${escaped(text)}</text>
</svg>
`;
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => `&#${mark.codePointAt(0)};`);
