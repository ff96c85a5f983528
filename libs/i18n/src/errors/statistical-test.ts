import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about statistical tests between runs. */
export const statisticalTestErrors = {
  'statistical-test-not-found': {
    en: 'Saved statistical test not found: there is none with id={{id}}. List the saved ones to see the ids.',
    es: 'Prueba estadística guardada no encontrada: no hay ninguna con id={{id}}. Liste las guardadas para ver los identificadores.',
    pt: 'Teste estatístico guardado não encontrado: não há nenhum com id={{id}}. Liste os guardados para ver os identificadores.',
    de: 'Gespeicherter statistischer Test nicht gefunden: Es gibt keinen mit id={{id}}. Listen Sie die gespeicherten auf, um die Ids zu sehen.',
    zh: '未找到已保存的统计检验：没有 id={{id}} 的检验。请列出已保存的检验以查看编号。',
  },
  'statistical-test-unknown': {
    en: 'Unknown statistical test: "{{name}}". Choose one of: {{known}}.',
    es: 'Prueba estadística desconocida: "{{name}}". Elija una de: {{known}}.',
    pt: 'Teste estatístico desconhecido: "{{name}}". Escolha um de: {{known}}.',
    de: 'Unbekannter statistischer Test: „{{name}}“. Wählen Sie einen von: {{known}}.',
    zh: '未知的统计检验：“{{name}}”。请从以下选择：{{known}}。',
  },
  'test-impossible': {
    en: 'The test cannot be made of these scores: {{reason}}. Choose runs with scores on the same folds that differ.',
    es: 'La prueba no puede hacerse con estas puntuaciones: {{reason}}. Elija ejecuciones con puntuaciones distintas en los mismos pliegues.',
    pt: 'O teste não pode ser feito com estas pontuações: {{reason}}. Escolha execuções com pontuações diferentes nas mesmas partições.',
    de: 'Mit diesen Werten lässt sich der Test nicht machen: {{reason}}. Wählen Sie Läufe mit verschiedenen Werten auf denselben Faltungen.',
    zh: '无法用这些得分进行检验：{{reason}}。请选择在相同折上得分不同的运行。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
