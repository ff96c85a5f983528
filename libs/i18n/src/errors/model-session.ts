import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about model sessions: their columns and their splits. */
export const modelSessionErrors = {
  'classes-too-rare': {
    en: 'No class has {{folds}} rows to be divided into {{folds}} stratified folds; the largest has {{most}}. Use fewer folds, or folds that are not stratified.',
    es: 'Ninguna clase tiene {{folds}} filas para repartir en {{folds}} particiones estratificadas; la mayor tiene {{most}}. Use menos particiones, o particiones sin estratificar.',
    pt: 'Nenhuma classe tem {{folds}} linhas para repartir em {{folds}} partições estratificadas; a maior tem {{most}}. Use menos partições, ou partições sem estratificação.',
    de: 'Keine Klasse hat {{folds}} Zeilen für {{folds}} stratifizierte Folds; die größte hat {{most}}. Verwenden Sie weniger oder nicht stratifizierte Folds.',
    zh: '没有任何类别拥有划分为 {{folds}} 个分层折所需的 {{folds}} 行；最大的类别有 {{most}} 行。请减少折数，或使用不分层的折。',
  },
  'column-selection-invalid': {
    en: 'Column index out of range: {{reason}}. Choose input and output columns of the data set.',
    es: 'Las columnas elegidas no son adecuadas: {{reason}}. Elija columnas de entrada y salida del conjunto de datos.',
    pt: 'As colunas escolhidas não servem: {{reason}}. Escolha colunas de entrada e saída do conjunto de dados.',
    de: 'Die gewählten Spalten passen nicht: {{reason}}. Wählen Sie Ein- und Ausgabespalten des Datensatzes.',
    zh: '所选列不合适：{{reason}}。请选择数据集的输入列和输出列。',
  },
  'folds-too-many': {
    en: 'There are {{rows}} rows for {{folds}} folds. Use fewer folds, set fewer rows aside, or add rows.',
    es: 'Hay {{rows}} filas para {{folds}} particiones. Use menos particiones, reserve menos filas o añada filas.',
    pt: 'Há {{rows}} linhas para {{folds}} partições. Use menos partições, reserve menos linhas ou acrescente linhas.',
    de: 'Für {{folds}} Folds gibt es {{rows}} Zeilen. Verwenden Sie weniger Folds, behalten Sie weniger Zeilen zurück oder fügen Sie Zeilen hinzu.',
    zh: '{{folds}} 折只有 {{rows}} 行数据。请减少折数、减少保留的行或增加数据。',
  },
  'group-column-missing': {
    en: 'These folds keep the rows of a group together, and no group column was chosen. Choose a column of the data set.',
    es: 'Estas particiones mantienen juntas las filas de un grupo y no se eligió columna de grupo. Elija una columna del conjunto de datos.',
    pt: 'Estas partições mantêm juntas as linhas de um grupo e não foi escolhida nenhuma coluna de grupo. Escolha uma coluna do conjunto de dados.',
    de: 'Diese Folds halten die Zeilen einer Gruppe zusammen, und es wurde keine Gruppenspalte gewählt. Wählen Sie eine Spalte des Datensatzes.',
    zh: '这种划分会让同一组的行保持在一起，但未选择分组列。请选择数据集中的一列。',
  },
  'groups-too-few': {
    en: 'There are {{groups}} groups for {{folds}} folds. Use fewer folds, set fewer groups aside, or choose another group column.',
    es: 'Hay {{groups}} grupos para {{folds}} particiones. Use menos particiones, reserve menos grupos o elija otra columna de grupo.',
    pt: 'Há {{groups}} grupos para {{folds}} partições. Use menos partições, reserve menos grupos ou escolha outra coluna de grupo.',
    de: 'Für {{folds}} Folds gibt es {{groups}} Gruppen. Verwenden Sie weniger Folds, behalten Sie weniger Gruppen zurück oder wählen Sie eine andere Gruppenspalte.',
    zh: '{{folds}} 折只有 {{groups}} 个组。请减少折数、减少保留的组或选择其他分组列。',
  },
  'input-is-output': {
    en: 'The column "{{column}}" is both input and output. Remove it from one side.',
    es: 'La columna "{{column}}" es a la vez entrada y salida. Quítela de uno de los lados.',
    pt: 'A coluna "{{column}}" é ao mesmo tempo entrada e saída. Retire-a de um dos lados.',
    de: 'Die Spalte "{{column}}" ist Eingabe und Ausgabe zugleich. Entfernen Sie sie auf einer Seite.',
    zh: '列“{{column}}”既是输入又是输出。请从其中一侧移除。',
  },
  'model-session-not-found': {
    en: 'Model session not found: there is none with id={{id}}. List the model sessions to see the ids.',
    es: 'No existe la sesión de modelos {{id}}. Liste las sesiones para ver los identificadores.',
    pt: 'Não existe a sessão de modelos {{id}}. Liste as sessões para ver os identificadores.',
    de: 'Es gibt keine Modellsitzung {{id}}. Die Liste der Sitzungen zeigt die Kennungen.',
    zh: '没有模型会话 {{id}}。请列出会话查看编号。',
  },
  'split-empty-part': {
    en: 'The split leaves the part "{{part}}" without rows. Use more rows or other proportions.',
    es: 'La división deja sin filas la parte "{{part}}". Use más filas u otras proporciones.',
    pt: 'A divisão deixa a parte "{{part}}" sem linhas. Use mais linhas ou outras proporções.',
    de: 'Die Aufteilung lässt den Teil "{{part}}" ohne Zeilen. Verwenden Sie mehr Zeilen oder andere Anteile.',
    zh: '划分后“{{part}}”部分没有行。请使用更多行或其他比例。',
  },
  'splits-invalid': {
    en: 'The split settings are not valid: {{reason}}. Correct them and try again.',
    es: 'Los ajustes de división no son válidos: {{reason}}. Corríjalos e inténtelo de nuevo.',
    pt: 'As opções de divisão não são válidas: {{reason}}. Corrija-as e tente novamente.',
    de: 'Die Einstellungen der Aufteilung sind ungültig: {{reason}}. Berichtigen Sie sie und versuchen Sie es erneut.',
    zh: '划分设置无效：{{reason}}。请改正后重试。',
  },
  'splitter-rows-too-many': {
    en: '{{splitter}} makes a fold of every row, and {{rows}} rows are too many for that: {{most}} is the most. Choose K-fold, or fewer rows.',
    es: '{{splitter}} hace una partición de cada fila, y {{rows}} filas son demasiadas: {{most}} es el máximo. Elija K-fold o menos filas.',
    pt: '{{splitter}} faz uma partição de cada linha, e {{rows}} linhas são demasiadas: {{most}} é o máximo. Escolha K-fold ou menos linhas.',
    de: '{{splitter}} macht aus jeder Zeile einen Fold, und {{rows}} Zeilen sind dafür zu viele: {{most}} sind das Höchste. Wählen Sie K-Fold oder weniger Zeilen.',
    zh: '{{splitter}} 会把每一行单独作为一折，而 {{rows}} 行过多：最多 {{most}} 行。请选择 K 折或减少行数。',
  },
  'task-columns-invalid': {
    en: 'The columns do not fit the task {{task}}: {{reason}}. Choose other columns or another task.',
    es: 'Las columnas no son adecuadas para la tarea {{task}}: {{reason}}. Elija otras columnas u otra tarea.',
    pt: 'As colunas não servem para a tarefa {{task}}: {{reason}}. Escolha outras colunas ou outra tarefa.',
    de: 'Die Spalten passen nicht zur Aufgabe {{task}}: {{reason}}. Wählen Sie andere Spalten oder eine andere Aufgabe.',
    zh: '这些列不适用于任务 {{task}}：{{reason}}。请选择其他列或其他任务。',
  },
} satisfies Partial<Record<ErrorCode, LocalText>>;
