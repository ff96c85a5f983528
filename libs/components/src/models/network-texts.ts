import type { Pairs } from '../kit/texts.js';

const NEVER = { en: 'empty: never', es: 'vacío: nunca', pt: 'vazio: nunca', de: 'leer: nie', zh: '留空：从不' };

/** Labels and helps of networks that learn in passes over the rows. */
export const networkTexts = {
  hidden_size: {
    en: ['Hidden units', 'Number of units in the hidden layer.'],
    es: ['Unidades ocultas', 'Número de unidades en la capa oculta.'],
    pt: ['Unidades ocultas', 'Número de unidades na camada oculta.'],
    de: ['Verdeckte Einheiten', 'Zahl der Einheiten in der verdeckten Schicht.'],
    zh: ['隐藏单元', '隐藏层中的单元数。'],
  },
  activation: {
    en: ['Activation', 'What a hidden unit makes of its weighted sum.'],
    es: ['Activación', 'Lo que una unidad oculta hace de su suma ponderada.'],
    pt: ['Ativação', 'O que uma unidade oculta faz da sua soma ponderada.'],
    de: ['Aktivierung', 'Was eine verdeckte Einheit aus ihrer gewichteten Summe macht.'],
    zh: ['激活函数', '隐藏单元对其加权和所做的变换。'],
  },
  learning_rate: {
    en: ['Learning rate', 'How far a step goes; too large a value lets the weights run away.'],
    es: ['Tasa de aprendizaje', 'Lo largo que es un paso; un valor demasiado grande desboca los pesos.'],
    pt: ['Taxa de aprendizagem', 'O tamanho de um passo; um valor demasiado grande descontrola os pesos.'],
    de: ['Lernrate', 'Wie weit ein Schritt geht; zu große Werte lassen die Gewichte davonlaufen.'],
    zh: ['学习率', '每一步的幅度；过大会使权重失控。'],
  },
  epochs: {
    en: ['Epochs', 'Passes over the training rows.'],
    es: ['Épocas', 'Pasadas sobre las filas de entrenamiento.'],
    pt: ['Épocas', 'Passagens pelas linhas de treino.'],
    de: ['Epochen', 'Durchgänge über die Trainingszeilen.'],
    zh: ['轮次', '遍历训练行的次数。'],
  },
  batch_size: {
    en: ['Batch size', 'Rows that one step goes by; empty, or more than there are, takes all of them.'],
    es: ['Tamaño de lote', 'Filas por las que se guía un paso; vacío, o más de las que hay, las toma todas.'],
    pt: ['Tamanho do lote', 'Linhas por que um passo se guia; vazio, ou mais do que há, toma-as todas.'],
    de: ['Stapelgröße', 'Zeilen, nach denen sich ein Schritt richtet; leer oder mehr als vorhanden: alle.'],
    zh: ['批大小', '每一步所依据的行数；留空或超过总行数时取全部。'],
  },
  device: {
    en: ['Device', 'What computes: the processors.'],
    es: ['Dispositivo', 'Lo que calcula: los procesadores.'],
    pt: ['Dispositivo', 'O que calcula: os processadores.'],
    de: ['Gerät', 'Was rechnet: die Prozessoren.'],
    zh: ['设备', '用于计算的设备：处理器。'],
  },
  log_train_every_n_epochs: {
    en: ['Training scores every … epochs', `Score the training rows after every so many epochs; ${NEVER.en}.`],
    es: ['Puntuar entrenamiento cada … épocas', `Puntuar las filas de entrenamiento cada tantas épocas; ${NEVER.es}.`],
    pt: ['Pontuar treino a cada … épocas', `Pontuar as linhas de treino a cada tantas épocas; ${NEVER.pt}.`],
    de: ['Trainingswerte alle … Epochen', `Die Trainingszeilen nach je so vielen Epochen bewerten; ${NEVER.de}.`],
    zh: ['每隔多少轮记录训练得分', `每隔若干轮次对训练行评分；${NEVER.zh}。`],
  },
  log_train_every_n_steps: {
    en: ['Training scores every … steps', `Score the training rows after every so many steps; ${NEVER.en}.`],
    es: ['Puntuar entrenamiento cada … pasos', `Puntuar las filas de entrenamiento cada tantos pasos; ${NEVER.es}.`],
    pt: ['Pontuar treino a cada … passos', `Pontuar as linhas de treino a cada tantos passos; ${NEVER.pt}.`],
    de: ['Trainingswerte alle … Schritte', `Die Trainingszeilen nach je so vielen Schritten bewerten; ${NEVER.de}.`],
    zh: ['每隔多少步记录训练得分', `每隔若干步对训练行评分；${NEVER.zh}。`],
  },
  log_validation_every_n_epochs: {
    en: ['Validation scores every … epochs', `Score the validation rows after every so many epochs; ${NEVER.en}.`],
    es: ['Puntuar validación cada … épocas', `Puntuar las filas de validación cada tantas épocas; ${NEVER.es}.`],
    pt: ['Pontuar validação a cada … épocas', `Pontuar as linhas de validação a cada tantas épocas; ${NEVER.pt}.`],
    de: ['Validierungswerte alle … Epochen', `Die Validierungszeilen nach je so vielen Epochen bewerten; ${NEVER.de}.`],
    zh: ['每隔多少轮记录验证得分', `每隔若干轮次对验证行评分；${NEVER.zh}。`],
  },
  log_validation_every_n_steps: {
    en: ['Validation scores every … steps', `Score the validation rows after every so many steps; ${NEVER.en}.`],
    es: ['Puntuar validación cada … pasos', `Puntuar las filas de validación cada tantos pasos; ${NEVER.es}.`],
    pt: ['Pontuar validação a cada … passos', `Pontuar as linhas de validação a cada tantos passos; ${NEVER.pt}.`],
    de: [
      'Validierungswerte alle … Schritte',
      `Die Validierungszeilen nach je so vielen Schritten bewerten; ${NEVER.de}.`,
    ],
    zh: ['每隔多少步记录验证得分', `每隔若干步对验证行评分；${NEVER.zh}。`],
  },
} as const satisfies Record<string, Pairs>;
