import type { Finding, LocalText } from '#contract';

/** What the report on the data of a prediction says, column by column. */
export const predictionNotes = {
  'column-missing': {
    en: 'The model was trained on this column and the data lack it.',
    es: 'El modelo se entrenó con esta columna y los datos no la tienen.',
    pt: 'O modelo foi treinado com esta coluna e os dados não a têm.',
    de: 'Das Modell wurde mit dieser Spalte trainiert, und den Daten fehlt sie.',
    zh: '模型训练时使用了该列，而数据中没有。',
  },
  'column-filled': {
    en: 'The data lack this column; every row takes the typical value of training, {{value}}.',
    es: 'A los datos les falta esta columna; cada fila toma el valor típico del entrenamiento, {{value}}.',
    pt: 'Falta esta coluna nos dados; cada linha recebe o valor típico do treino, {{value}}.',
    de: 'Den Daten fehlt diese Spalte; jede Zeile erhält den typischen Wert des Trainings, {{value}}.',
    zh: '数据缺少该列；每一行都取训练中的典型值 {{value}}。',
  },
  'column-renamed': {
    en: 'The column “{{found}}” of the data looks like this one under another name.',
    es: 'La columna «{{found}}» de los datos parece ser esta con otro nombre.',
    pt: 'A coluna «{{found}}» dos dados parece ser esta com outro nome.',
    de: 'Die Spalte „{{found}}“ der Daten sieht aus wie diese unter anderem Namen.',
    zh: '数据中的列“{{found}}”看起来就是该列，只是名称不同。',
  },
  'column-extra': {
    en: 'The model does not know this column.',
    es: 'El modelo no conoce esta columna.',
    pt: 'O modelo não conhece esta coluna.',
    de: 'Das Modell kennt diese Spalte nicht.',
    zh: '模型不认识该列。',
  },
  'columns-reordered': {
    en: 'The columns stand in another order than in training; they are found by name.',
    es: 'Las columnas están en otro orden que en el entrenamiento; se encuentran por su nombre.',
    pt: 'As colunas estão numa ordem diferente da do treino; são encontradas pelo nome.',
    de: 'Die Spalten stehen in anderer Reihenfolge als im Training; sie werden nach Namen gefunden.',
    zh: '各列的顺序与训练时不同；将按名称查找。',
  },
  'numbers-as-text': {
    en: 'The numbers of this column are stored as {{found}}; {{count}} of them are read.',
    es: 'Los números de esta columna están guardados como {{found}}; se leen {{count}}.',
    pt: 'Os números desta coluna estão guardados como {{found}}; {{count}} são lidos.',
    de: 'Die Zahlen dieser Spalte sind als {{found}} gespeichert; {{count}} davon werden gelesen.',
    zh: '该列的数字以 {{found}} 形式存储；其中 {{count}} 个可以读取。',
  },
  'numbers-unreadable': {
    en: '{{count}} values are not numbers, first “{{value}}” in row {{row}}.',
    es: '{{count}} valores no son números, el primero «{{value}}» en la fila {{row}}.',
    pt: '{{count}} valores não são números, o primeiro «{{value}}» na linha {{row}}.',
    de: '{{count}} Werte sind keine Zahlen, zuerst „{{value}}“ in Zeile {{row}}.',
    zh: '有 {{count}} 个值不是数字，第一个是第 {{row}} 行的“{{value}}”。',
  },
  'cells-missing': {
    en: '{{count}} rows have no value here.',
    es: '{{count}} filas no tienen valor aquí.',
    pt: '{{count}} linhas não têm valor aqui.',
    de: '{{count}} Zeilen haben hier keinen Wert.',
    zh: '有 {{count}} 行在此处没有值。',
  },
  'cells-filled': {
    en: '{{count}} rows have no value here and take the typical value of training, {{value}}.',
    es: '{{count}} filas no tienen valor aquí y toman el valor típico del entrenamiento, {{value}}.',
    pt: '{{count}} linhas não têm valor aqui e recebem o valor típico do treino, {{value}}.',
    de: '{{count}} Zeilen haben hier keinen Wert und erhalten den typischen Wert des Trainings, {{value}}.',
    zh: '有 {{count}} 行在此处没有值，取训练中的典型值 {{value}}。',
  },
  'levels-unseen': {
    en: '{{count}} rows hold {{distinct}} categories the model was not trained on: {{levels}}.',
    es: '{{count}} filas contienen {{distinct}} categorías con las que no se entrenó el modelo: {{levels}}.',
    pt: '{{count}} linhas têm {{distinct}} categorias com que o modelo não foi treinado: {{levels}}.',
    de: '{{count}} Zeilen enthalten {{distinct}} Kategorien, die das Modell im Training nicht sah: {{levels}}.',
    zh: '有 {{count}} 行包含 {{distinct}} 个模型训练时未见过的类别：{{levels}}。',
  },
  'type-differs': {
    en: 'This column was {{expected}} in training and is {{found}} here.',
    es: 'Esta columna era {{expected}} en el entrenamiento y aquí es {{found}}.',
    pt: 'Esta coluna era {{expected}} no treino e aqui é {{found}}.',
    de: 'Diese Spalte war im Training {{expected}} und ist hier {{found}}.',
    zh: '该列在训练时为 {{expected}}，此处为 {{found}}。',
  },
  'output-replaced': {
    en: 'The data already have the column that is predicted; the predictions take its place.',
    es: 'Los datos ya tienen la columna que se predice; las predicciones ocupan su lugar.',
    pt: 'Os dados já têm a coluna que é prevista; as previsões tomam o seu lugar.',
    de: 'Die Daten haben die vorhergesagte Spalte schon; die Vorhersagen treten an ihre Stelle.',
    zh: '数据中已有要预测的列；预测结果将取而代之。',
  },
} as const satisfies Record<Finding['code'], LocalText>;
