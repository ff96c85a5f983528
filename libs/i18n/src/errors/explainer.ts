import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about explainers and the rows they explain. */
export const explainerErrors = {
  'explained-folds-elsewhere': {
    en: 'The run was judged by folds, which divide no other data set. Explain all of its rows (split "all"), or choose rows by number.',
    es: 'La ejecución se evaluó con particiones, que no dividen otro conjunto de datos. Explique todas sus filas (división "all") o elija filas por número.',
    pt: 'A execução foi avaliada com partições, que não dividem outro conjunto de dados. Explique todas as suas linhas (divisão "all") ou escolha linhas por número.',
    de: 'Der Lauf wurde nach Folds beurteilt, die keinen anderen Datensatz aufteilen. Erklären Sie alle seine Zeilen (Teil „all“), oder wählen Sie Zeilen nach Nummer.',
    zh: '该运行按折评估，而折不会划分其他数据集。请解释其全部行（划分“all”），或按行号选择行。',
  },
  'explained-rows-too-many': {
    en: '{{count}} rows were chosen to be explained, and {{most}} is the most there can be. Choose a smaller share or fewer rows.',
    es: 'Se eligieron {{count}} filas para explicar y el máximo es {{most}}. Elija una proporción menor o menos filas.',
    pt: 'Foram escolhidas {{count}} linhas para explicar e o máximo é {{most}}. Escolha uma proporção menor ou menos linhas.',
    de: '{{count}} Zeilen sollten erklärt werden, höchstens {{most}} sind möglich. Wählen Sie einen kleineren Anteil oder weniger Zeilen.',
    zh: '选择了 {{count}} 行进行解释，最多为 {{most}} 行。请选择更小的比例或更少的行。',
  },
  'explainer-not-finished': {
    en: 'The explainer {{id}} has no results yet. Wait until its job has finished.',
    es: 'El explicador {{id}} aún no tiene resultados. Espere a que termine su tarea.',
    pt: 'O explicador {{id}} ainda não tem resultados. Espere até a tarefa terminar.',
    de: 'Die Erklärung {{id}} hat noch keine Ergebnisse. Warten Sie, bis ihr Auftrag fertig ist.',
    zh: '解释器 {{id}} 尚无结果。请等待其任务结束。',
  },
  'explainer-not-found': {
    en: 'Explainer not found: there is none with id={{id}}. List the explainers of the run to see the ids.',
    es: 'No existe el explicador {{id}}. Liste los explicadores de la ejecución para ver los identificadores.',
    pt: 'Não existe o explicador {{id}}. Liste os explicadores da execução para ver os identificadores.',
    de: 'Es gibt keine Erklärung {{id}}. Die Liste der Erklärungen des Laufs zeigt die Kennungen.',
    zh: '没有解释器 {{id}}。请列出该运行的解释器查看编号。',
  },
  'explainer-scope-invalid': {
    en: 'The rows to explain are not well described: {{reason}}. Name a split with a percentage, row numbers, or the mode manual.',
    es: 'Las filas que explicar no están bien descritas: {{reason}}. Indique una partición con un porcentaje, números de fila o el modo manual.',
    pt: 'As linhas a explicar não estão bem descritas: {{reason}}. Indique uma partição com uma percentagem, números de linha ou o modo manual.',
    de: 'Die zu erklärenden Zeilen sind nicht richtig beschrieben: {{reason}}. Nennen Sie einen Teil mit Prozentsatz, Zeilennummern oder den Modus manual.',
    zh: '待解释的行描述有误：{{reason}}。请给出分区及百分比、行号，或使用 manual 模式。',
  },
  'explainer-scope-unknown': {
    en: 'Invalid scope "{{scope}}". Use global or local.',
    es: 'Ámbito no válido "{{scope}}". Use global o local.',
    pt: 'Âmbito inválido "{{scope}}". Use global ou local.',
    de: 'Ungültiger Bereich „{{scope}}“. Verwenden Sie global oder local.',
    zh: '无效的范围“{{scope}}”。请使用 global 或 local。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
