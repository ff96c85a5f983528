import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about reports on runs. */
export const reportErrors = {
  'report-empty': {
    en: '"{{name}}" has nothing to show of this run: its parts hold one class only, or the model kept no scores while it learnt. Choose another report.',
    es: '"{{name}}" no tiene nada que mostrar de esta ejecución: sus partes tienen una sola clase o el modelo no guardó puntuaciones al aprender. Elija otro informe.',
    pt: '"{{name}}" não tem nada a mostrar desta execução: as suas partes têm uma só classe ou o modelo não guardou pontuações ao aprender. Escolha outro relatório.',
    de: '„{{name}}“ hat zu diesem Lauf nichts zu zeigen: Seine Teile enthalten nur eine Klasse, oder das Modell hat beim Lernen keine Werte festgehalten. Wählen Sie einen anderen Bericht.',
    zh: '“{{name}}”对此运行没有可显示的内容：各部分只含一个类别，或模型在学习时未保留得分。请选择其他报告。',
  },
  'report-not-found': {
    en: 'Report not found: there is none with id={{id}}. List the reports to see the ids.',
    es: 'Informe no encontrado: no hay ninguno con id={{id}}. Liste los informes para ver los identificadores.',
    pt: 'Relatório não encontrado: não há nenhum com id={{id}}. Liste os relatórios para ver os identificadores.',
    de: 'Bericht nicht gefunden: Es gibt keinen mit id={{id}}. Listen Sie die Berichte auf, um die Ids zu sehen.',
    zh: '未找到报告：没有 id={{id}} 的报告。请列出报告以查看编号。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
