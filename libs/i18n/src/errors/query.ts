import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about queries of tracked runs; `reason` is one of `queryReasons`, in every language. */
export const queryErrors = {
  'query-invalid': {
    en: 'The query cannot be read at character {{position}}: {{reason}}. Correct it there and search again.',
    es: 'No se puede leer la consulta en el carácter {{position}}: {{reason}}. Corríjala ahí y vuelva a buscar.',
    pt: 'Não é possível ler a consulta no carácter {{position}}: {{reason}}. Corrija-a aí e procure de novo.',
    de: 'Die Abfrage lässt sich bei Zeichen {{position}} nicht lesen: {{reason}}. Berichtigen Sie sie dort und suchen Sie erneut.',
    zh: '无法读取查询中第 {{position}} 个字符处的内容：{{reason}}。请在该处更正后重新搜索。',
  },
  'query-too-costly': {
    en: 'The query asks for too much work: {{reason}}. Make it simpler, or ask for fewer runs, and search again.',
    es: 'La consulta exige demasiado trabajo: {{reason}}. Simplifíquela o pida menos ejecuciones y vuelva a buscar.',
    pt: 'A consulta exige demasiado trabalho: {{reason}}. Simplifique-a ou peça menos execuções e procure de novo.',
    de: 'Die Abfrage verlangt zu viel Arbeit: {{reason}}. Vereinfachen Sie sie oder fragen Sie nach weniger Läufen, und suchen Sie erneut.',
    zh: '查询的工作量过大：{{reason}}。请简化查询或减少所查的运行后重新搜索。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
