import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about queries of tracked runs; `reason` is one of `queryReasons`, in every language. */
export const queryErrors = {
  'query-invalid': {
    en: 'The query cannot be read at character {{position}}: {{reason}}.',
    es: 'No se puede leer la consulta en el carácter {{position}}: {{reason}}.',
    pt: 'Não é possível ler a consulta no carácter {{position}}: {{reason}}.',
    de: 'Die Abfrage lässt sich bei Zeichen {{position}} nicht lesen: {{reason}}.',
    zh: '无法读取查询中第 {{position}} 个字符处的内容：{{reason}}。',
  },
  'query-too-costly': {
    en: 'The query asks for too much work: {{reason}}.',
    es: 'La consulta exige demasiado trabajo: {{reason}}.',
    pt: 'A consulta exige demasiado trabalho: {{reason}}.',
    de: 'Die Abfrage verlangt zu viel Arbeit: {{reason}}.',
    zh: '查询的工作量过大：{{reason}}。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
