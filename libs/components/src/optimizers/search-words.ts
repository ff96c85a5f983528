import type { LocalText } from '#contract';

/** What the figures of a search say beside names. */
export const words = {
  byTrial: {
    en: 'Search by trial',
    es: 'Búsqueda por prueba',
    pt: 'Pesquisa por tentativa',
    de: 'Suche nach Versuch',
    zh: '按试验的搜索过程',
  },
  trial: { en: 'Trial', es: 'Prueba', pt: 'Tentativa', de: 'Versuch', zh: '试验' },
  bestSoFar: {
    en: 'Best so far',
    es: 'Mejor hasta ahora',
    pt: 'Melhor até agora',
    de: 'Bisher bester',
    zh: '当前最佳',
  },
  byParameter: {
    en: 'Search by parameter',
    es: 'Búsqueda por parámetro',
    pt: 'Pesquisa por parâmetro',
    de: 'Suche nach Parameter',
    zh: '按参数的搜索过程',
  },
  byTwoParameters: {
    en: 'Search by the two parameters that mattered most',
    es: 'Búsqueda por los dos parámetros más importantes',
    pt: 'Pesquisa pelos dois parâmetros mais importantes',
    de: 'Suche nach den zwei wichtigsten Parametern',
    zh: '按两个最重要参数的搜索过程',
  },
  importance: {
    en: 'Importance of the parameters',
    es: 'Importancia de los parámetros',
    pt: 'Importância dos parâmetros',
    de: 'Wichtigkeit der Parameter',
    zh: '参数重要性',
  },
  share: { en: 'Share', es: 'Proporción', pt: 'Proporção', de: 'Anteil', zh: '占比' },
} as const satisfies Readonly<Record<string, LocalText>>;
