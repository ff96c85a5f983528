import type { LocalText } from '#contract';

/** What a table's notes say: things a person should know about data that were taken in all the same. */
export const noteTexts = {
  'bad-lines-skipped': {
    en: '{{count}} lines did not fit the header and were left out.',
    es: '{{count}} líneas no encajaban con el encabezado y se omitieron.',
    pt: '{{count}} linhas não se ajustavam ao cabeçalho e foram omitidas.',
    de: '{{count}} Zeilen passten nicht zur Kopfzeile und wurden ausgelassen.',
    zh: '有 {{count}} 行与表头不符，已跳过。',
  },
  'categories-many': {
    en: 'This column has {{count}} different values; as categories they may be too many to learn from.',
    es: 'Esta columna tiene {{count}} valores distintos; como categorías pueden ser demasiados para aprender.',
    pt: 'Esta coluna tem {{count}} valores distintos; como categorias podem ser demasiados para aprender.',
    de: 'Diese Spalte hat {{count}} verschiedene Werte; als Kategorien sind das vielleicht zu viele zum Lernen.',
    zh: '该列有 {{count}} 个不同的值；作为类别可能过多，难以学习。',
  },
  'images-broken': {
    en: '{{count}} pictures could not be read and have no thumbnail.',
    es: '{{count}} imágenes no pudieron leerse y no tienen miniatura.',
    pt: '{{count}} imagens não puderam ser lidas e não têm miniatura.',
    de: '{{count}} Bilder waren nicht lesbar und haben keine Vorschau.',
    zh: '有 {{count}} 张图片无法读取，没有缩略图。',
  },
  'name-changed': {
    en: 'The name “{{from}}” of column {{position}} was changed so that every name is there once.',
    es: 'El nombre «{{from}}» de la columna {{position}} se cambió para que cada nombre sea único.',
    pt: 'O nome «{{from}}» da coluna {{position}} foi alterado para que cada nome seja único.',
    de: 'Der Name „{{from}}“ der Spalte {{position}} wurde geändert, damit jeder Name nur einmal vorkommt.',
    zh: '第 {{position}} 列的名称“{{from}}”已更改，以保证名称唯一。',
  },
  'quotes-repaired': {
    en: '{{count}} cells with stray quotation marks were read as they stand.',
    es: '{{count}} celdas con comillas sueltas se leyeron tal cual.',
    pt: '{{count}} células com aspas soltas foram lidas tal como estão.',
    de: '{{count}} Zellen mit losen Anführungszeichen wurden gelesen, wie sie sind.',
    zh: '{{count}} 个含有多余引号的单元格已按原样读取。',
  },
  'type-fallback': {
    en: 'Later rows did not fit {{from}}, so this column was stored as {{to}}.',
    es: 'Filas posteriores no encajaban con {{from}}, así que la columna se guardó como {{to}}.',
    pt: 'Linhas posteriores não se ajustavam a {{from}}, por isso a coluna foi guardada como {{to}}.',
    de: 'Spätere Zeilen passten nicht zu {{from}}, daher wurde die Spalte als {{to}} gespeichert.',
    zh: '后面的行不符合 {{from}}，因此该列存储为 {{to}}。',
  },
} as const satisfies Record<string, LocalText>;
