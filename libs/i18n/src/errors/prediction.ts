import type { ErrorCode, LocalText } from '#contract';

/** Texts of errors about predictions and about data that do not fit their run. */
export const predictionErrors = {
  'input-columns-extra': {
    en: 'The data have columns the model does not know: {{columns}}. Remove them, or let the policy ignore extra columns.',
    es: 'Los datos tienen columnas que el modelo no conoce: {{columns}}. Quítelas o deje que la política ignore las columnas sobrantes.',
    pt: 'Os dados têm colunas que o modelo não conhece: {{columns}}. Retire-as ou deixe a política ignorar colunas a mais.',
    de: 'Die Daten haben Spalten, die das Modell nicht kennt: {{columns}}. Entfernen Sie sie, oder lassen Sie überzählige Spalten ignorieren.',
    zh: '数据包含模型不认识的列：{{columns}}。请删除这些列，或让策略忽略多余的列。',
  },
  'input-columns-missing': {
    en: 'The data lack columns the model was trained on: {{columns}}. Add them and try again.',
    es: 'A los datos les faltan columnas con las que se entrenó el modelo: {{columns}}. Añádalas e inténtelo de nuevo.',
    pt: 'Faltam nos dados colunas com que o modelo foi treinado: {{columns}}. Acrescente-as e tente novamente.',
    de: 'Den Daten fehlen Spalten, mit denen das Modell trainiert wurde: {{columns}}. Ergänzen Sie sie und versuchen Sie es erneut.',
    zh: '数据缺少模型训练时使用的列：{{columns}}。请补充后重试。',
  },
  'input-levels-unseen': {
    en: 'The column "{{column}}" has {{count}} values of categories the model was not trained on, for example "{{value}}". Correct them, or let the policy accept them.',
    es: 'La columna "{{column}}" tiene {{count}} valores de categorías con las que no se entrenó el modelo, por ejemplo "{{value}}". Corríjalos o deje que la política los acepte.',
    pt: 'A coluna "{{column}}" tem {{count}} valores de categorias com que o modelo não foi treinado, por exemplo "{{value}}". Corrija-os ou deixe a política aceitá-los.',
    de: 'Die Spalte "{{column}}" hat {{count}} Werte mit Kategorien, die das Modell im Training nicht sah, zum Beispiel "{{value}}". Berichtigen Sie sie, oder lassen Sie sie zu.',
    zh: '列“{{column}}”有 {{count}} 个值属于模型训练时未见过的类别，例如“{{value}}”。请更正，或让策略接受它们。',
  },
  'input-type-differs': {
    en: 'The column "{{column}}" was {{expected}} in training and is {{found}} here. Change its type, or let the policy read it.',
    es: 'La columna "{{column}}" era {{expected}} en el entrenamiento y aquí es {{found}}. Cambie su tipo o deje que la política la lea.',
    pt: 'A coluna "{{column}}" era {{expected}} no treino e aqui é {{found}}. Mude o tipo ou deixe a política lê-la.',
    de: 'Die Spalte "{{column}}" war im Training {{expected}} und ist hier {{found}}. Ändern Sie ihren Typ, oder lassen Sie sie umlesen.',
    zh: '列“{{column}}”在训练时为 {{expected}}，此处为 {{found}}。请更改其类型，或让策略进行转换。',
  },
  'manual-input-invalid': {
    en: 'The rows typed by hand are not valid: {{reason}}. Send a JSON list of objects, column name to value.',
    es: 'Las filas escritas a mano no son válidas: {{reason}}. Envíe una lista JSON de objetos, de nombre de columna a valor.',
    pt: 'As linhas escritas à mão não são válidas: {{reason}}. Envie uma lista JSON de objetos, de nome de coluna a valor.',
    de: 'Die von Hand eingegebenen Zeilen sind ungültig: {{reason}}. Senden Sie eine JSON-Liste von Objekten, Spaltenname zu Wert.',
    zh: '手工输入的行无效：{{reason}}。请发送由“列名到值”对象组成的 JSON 列表。',
  },
  'prediction-not-finished': {
    en: 'The prediction {{id}} has no rows yet. Run it and wait until it has finished.',
    es: 'La predicción {{id}} aún no tiene filas. Ejecútela y espere a que termine.',
    pt: 'A previsão {{id}} ainda não tem linhas. Execute-a e espere até terminar.',
    de: 'Die Vorhersage {{id}} hat noch keine Zeilen. Starten Sie sie und warten Sie, bis sie fertig ist.',
    zh: '预测 {{id}} 还没有结果行。请运行它并等待完成。',
  },
  'prediction-not-found': {
    en: 'Prediction not found: there is none with id={{id}}. List the predictions to see the ids.',
    es: 'No existe la predicción {{id}}. Liste las predicciones para ver los identificadores.',
    pt: 'Não existe a previsão {{id}}. Liste as previsões para ver os identificadores.',
    de: 'Es gibt keine Vorhersage {{id}}. Die Liste der Vorhersagen zeigt die Kennungen.',
    zh: '没有预测 {{id}}。请列出预测查看编号。',
  },
  'probabilities-unavailable': {
    en: 'The model {{model}} predicts numbers, so there are no class probabilities. Ask for the predictions alone.',
    es: 'El modelo {{model}} predice números, así que no hay probabilidades de clase. Pida solo las predicciones.',
    pt: 'O modelo {{model}} prevê números, por isso não há probabilidades de classe. Peça só as previsões.',
    de: 'Das Modell {{model}} sagt Zahlen vorher, Klassenwahrscheinlichkeiten gibt es nicht. Fordern Sie nur die Vorhersagen an.',
    zh: '模型 {{model}} 预测的是数值，没有类别概率。请只请求预测结果。',
  },
  'split-unknown': {
    en: 'The run has no part called "{{split}}". Choose one of: {{known}}.',
    es: 'La ejecución no tiene ninguna parte llamada "{{split}}". Elija una de: {{known}}.',
    pt: 'A execução não tem nenhuma parte chamada "{{split}}". Escolha uma de: {{known}}.',
    de: 'Der Lauf hat keinen Teil namens "{{split}}". Wählen Sie einen von: {{known}}.',
    zh: '该运行没有名为“{{split}}”的部分。请选择：{{known}}。',
  },
} as const satisfies Partial<Record<ErrorCode, LocalText>>;
