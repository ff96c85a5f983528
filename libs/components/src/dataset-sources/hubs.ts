import type { LocalText } from '#contract';

/** Where the real client files every source. */
export const HUBS: LocalText = {
  en: 'Public hubs',
  es: 'Repositorios públicos',
  pt: 'Repositórios públicos',
  de: 'Öffentliche Sammlungen',
  zh: '公共数据平台',
};
