import type { LocalText } from '#contract';

/** What a job says it is doing; jobs store the key, readers get the text. */
export const progressTexts = {
  'computing-metrics': {
    en: 'Computing metrics',
    es: 'Calculando métricas',
    pt: 'A calcular métricas',
    de: 'Metriken werden berechnet',
    zh: '正在计算指标',
  },
  'computing-profile': {
    en: 'Computing column statistics',
    es: 'Calculando estadísticas de columnas',
    pt: 'A calcular estatísticas das colunas',
    de: 'Spaltenstatistik wird berechnet',
    zh: '正在计算列统计',
  },
  converting: { en: 'Converting', es: 'Convirtiendo', pt: 'A converter', de: 'Wird umgewandelt', zh: '正在转换' },
  'evaluating-folds': {
    en: 'Evaluating folds',
    es: 'Evaluando particiones',
    pt: 'A avaliar partições',
    de: 'Folds werden ausgewertet',
    zh: '正在评估各折',
  },
  explaining: { en: 'Explaining', es: 'Explicando', pt: 'A explicar', de: 'Wird erklärt', zh: '正在解释' },
  exploring: { en: 'Exploring', es: 'Explorando', pt: 'A explorar', de: 'Wird ausgewertet', zh: '正在探索' },
  'loading-data': {
    en: 'Loading data',
    es: 'Cargando datos',
    pt: 'A carregar dados',
    de: 'Daten werden geladen',
    zh: '正在加载数据',
  },
  'nested-folds': {
    en: 'Nested cross-validation',
    es: 'Validación cruzada anidada',
    pt: 'Validação cruzada aninhada',
    de: 'Verschachtelte Kreuzvalidierung',
    zh: '嵌套交叉验证',
  },
  'parsing-file': {
    en: 'Parsing the file',
    es: 'Analizando el archivo',
    pt: 'A analisar o ficheiro',
    de: 'Datei wird eingelesen',
    zh: '正在解析文件',
  },
  predicting: { en: 'Predicting', es: 'Prediciendo', pt: 'A prever', de: 'Wird vorhergesagt', zh: '正在预测' },
  'saving-results': {
    en: 'Saving results',
    es: 'Guardando resultados',
    pt: 'A guardar resultados',
    de: 'Ergebnisse werden gespeichert',
    zh: '正在保存结果',
  },
  training: { en: 'Training', es: 'Entrenando', pt: 'A treinar', de: 'Training läuft', zh: '正在训练' },
  tuning: {
    en: 'Tuning parameters',
    es: 'Ajustando parámetros',
    pt: 'A ajustar parâmetros',
    de: 'Parameter werden abgestimmt',
    zh: '正在调参',
  },
} as const satisfies Record<string, LocalText>;
