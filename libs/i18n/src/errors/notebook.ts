import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about notebooks, their explorers and converters. */
export const notebookErrors = {
  'artifact-not-found': {
    en: 'There is no figure {{index}} among the results. Use an index the results show.',
    es: 'No hay ninguna figura {{index}} entre los resultados. Use un índice de los resultados.',
    pt: 'Não há nenhuma figura {{index}} entre os resultados. Use um índice dos resultados.',
    de: 'Unter den Ergebnissen gibt es keine Abbildung {{index}}. Verwenden Sie einen Index aus den Ergebnissen.',
    zh: '结果中没有图 {{index}}。请使用结果中显示的序号。',
  },
  'category-unseen': {
    en: 'The column "{{column}}" has the value "{{value}}", which was not among the rows learnt from. Widen the scope or choose to ignore unknown values.',
    es: 'La columna "{{column}}" tiene el valor "{{value}}", que no estaba entre las filas aprendidas. Amplíe el alcance o elija ignorar los valores desconocidos.',
    pt: 'A coluna "{{column}}" tem o valor "{{value}}", que não estava entre as linhas aprendidas. Alargue o âmbito ou escolha ignorar os valores desconhecidos.',
    de: 'Die Spalte "{{column}}" enthält den Wert "{{value}}", der in den gelernten Zeilen nicht vorkam. Erweitern Sie den Bereich oder lassen Sie unbekannte Werte übergehen.',
    zh: '列“{{column}}”中的值“{{value}}”未出现在学习所用的行中。请扩大范围或选择忽略未知值。',
  },
  'converter-columns-invalid': {
    en: 'The chosen columns do not fit this converter: {{reason}}. Choose other columns.',
    es: 'Las columnas elegidas no son adecuadas para este convertidor: {{reason}}. Elija otras columnas.',
    pt: 'As colunas escolhidas não servem para este conversor: {{reason}}. Escolha outras colunas.',
    de: 'Die gewählten Spalten passen nicht zu diesem Konverter: {{reason}}. Wählen Sie andere Spalten.',
    zh: '所选列不适用于此转换器：{{reason}}。请选择其他列。',
  },
  'converter-not-found': {
    en: 'Converter list not found: there is none with id={{id}}. List the converters of the notebook to see the ids.',
    es: 'No existe el convertidor {{id}}. Liste los convertidores del cuaderno para ver los identificadores.',
    pt: 'Não existe o conversor {{id}}. Liste os conversores do caderno para ver os identificadores.',
    de: 'Es gibt keinen Konverter {{id}}. Die Liste der Konverter des Notizbuchs zeigt die Kennungen.',
    zh: '没有转换器 {{id}}。请列出笔记本的转换器查看编号。',
  },
  'converter-target-missing': {
    en: 'The converter {{converter}} learns from a target column and none was chosen. Choose a target.',
    es: 'El convertidor {{converter}} aprende de una columna objetivo y no se eligió ninguna. Elija un objetivo.',
    pt: 'O conversor {{converter}} aprende com uma coluna alvo e nenhuma foi escolhida. Escolha um alvo.',
    de: 'Der Konverter {{converter}} lernt von einer Zielspalte, und es wurde keine gewählt. Wählen Sie ein Ziel.',
    zh: '转换器 {{converter}} 需要从目标列学习，但未选择目标列。请选择目标。',
  },
  'explorer-columns-invalid': {
    en: 'The chosen columns do not fit this explorer: {{reason}}. Choose other columns.',
    es: 'Las columnas elegidas no son adecuadas para este explorador: {{reason}}. Elija otras columnas.',
    pt: 'As colunas escolhidas não servem para este explorador: {{reason}}. Escolha outras colunas.',
    de: 'Die gewählten Spalten passen nicht zu dieser Auswertung: {{reason}}. Wählen Sie andere Spalten.',
    zh: '所选列不适用于此探索器：{{reason}}。请选择其他列。',
  },
  'explorer-not-finished': {
    en: 'Explorer is not finished: {{id}} has no results yet. Wait until its job has finished.',
    es: 'El explorador {{id}} aún no tiene resultados. Espere a que termine su tarea.',
    pt: 'O explorador {{id}} ainda não tem resultados. Espere até a tarefa terminar.',
    de: 'Die Auswertung {{id}} hat noch keine Ergebnisse. Warten Sie, bis ihr Auftrag fertig ist.',
    zh: '探索器 {{id}} 尚无结果。请等待其任务结束。',
  },
  'explorer-not-found': {
    en: 'Explorer not found: there is none with id={{id}}. List the explorers of the notebook to see the ids.',
    es: 'No existe el explorador {{id}}. Liste los exploradores del cuaderno para ver los identificadores.',
    pt: 'Não existe o explorador {{id}}. Liste os exploradores do caderno para ver os identificadores.',
    de: 'Es gibt keine Auswertung {{id}}. Die Liste der Auswertungen des Notizbuchs zeigt die Kennungen.',
    zh: '没有探索器 {{id}}。请列出笔记本的探索器查看编号。',
  },
  'explorer-parameters-invalid': {
    en: 'The explorer parameter "{{parameter}}" is not valid: {{reason}}. Correct it and try again.',
    es: 'El parámetro de explorador "{{parameter}}" no es válido: {{reason}}. Corríjalo e inténtelo de nuevo.',
    pt: 'O parâmetro de explorador "{{parameter}}" não é válido: {{reason}}. Corrija-o e tente novamente.',
    de: 'Der Auswertungsparameter "{{parameter}}" ist ungültig: {{reason}}. Berichtigen Sie ihn und versuchen Sie es erneut.',
    zh: '探索器参数“{{parameter}}”无效：{{reason}}。请改正后重试。',
  },
  'notebook-not-found': {
    en: 'Notebook not found: there is none with id={{id}}. List the notebooks to see the ids.',
    es: 'No existe el cuaderno {{id}}. Liste los cuadernos para ver los identificadores.',
    pt: 'Não existe o caderno {{id}}. Liste os cadernos para ver os identificadores.',
    de: 'Es gibt kein Notizbuch {{id}}. Die Liste der Notizbücher zeigt die Kennungen.',
    zh: '没有笔记本 {{id}}。请列出笔记本查看编号。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
