import { AppError, type LocalText, phrase } from '#contract';

/** What a limit counts, in words. */
const UNITS = {
  bytes: { en: '{limit} bytes', es: '{limit} bytes', pt: '{limit} bytes', de: '{limit} Bytes', zh: '{limit} 字节' },
  characters: {
    en: '{limit} characters',
    es: '{limit} caracteres',
    pt: '{limit} caracteres',
    de: '{limit} Zeichen',
    zh: '{limit} 个字符',
  },
  entries: {
    en: '{limit} entries',
    es: '{limit} elementos',
    pt: '{limit} elementos',
    de: '{limit} Einträge',
    zh: '{limit} 项',
  },
  levels: {
    en: '{limit} nested levels',
    es: '{limit} niveles anidados',
    pt: '{limit} níveis aninhados',
    de: '{limit} verschachtelte Ebenen',
    zh: '{limit} 层嵌套',
  },
  points: {
    en: '{limit} points',
    es: '{limit} puntos',
    pt: '{limit} pontos',
    de: '{limit} Punkte',
    zh: '{limit} 个数据点',
  },
} as const satisfies Record<string, LocalText>;

/** `tracked-limit-passed`; a limit without a unit bounds the number itself. */
export function limitPassed(field: string, limit: number, unit?: keyof typeof UNITS): AppError {
  const allowed = unit === undefined ? limit : phrase(UNITS[unit], { limit });
  return new AppError('tracked-limit-passed', { field, limit, allowed });
}
