import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about queries of tracked runs; `reason` is the parser's own English sentence. */
export const queryErrors = {
  'query-invalid': {
    en: 'The query cannot be read at character {{position}}: {{reason}}.',
    es: 'No se puede leer la consulta en el carácter {{position}}; corríjala ahí: {{reason}}.',
    pt: 'Não é possível ler a consulta no carácter {{position}}; corrija-a aí: {{reason}}.',
    de: 'Die Abfrage lässt sich bei Zeichen {{position}} nicht lesen; ändern Sie sie dort: {{reason}}.',
    zh: '无法读取查询中第 {{position}} 个字符处的内容，请在该处修改：{{reason}}。',
  },
  'query-too-costly': {
    en: 'The query asks for too much work: {{reason}}.',
    es: 'La consulta exige demasiado trabajo; simplifíquela o acótela: {{reason}}.',
    pt: 'A consulta exige demasiado trabalho; simplifique-a ou restrinja-a: {{reason}}.',
    de: 'Die Abfrage verlangt zu viel Arbeit; vereinfachen oder begrenzen Sie sie: {{reason}}.',
    zh: '查询的工作量过大，请简化或缩小范围：{{reason}}。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
