import type { LocalText, Words } from '#contract';

/** What people see of the categories of converters and the groups of explorers, by the name a component gives. */
const texts: Readonly<Record<string, LocalText>> = {
  'Basic preprocessing': {
    en: 'Basic preprocessing',
    es: 'Preprocesamiento básico',
    pt: 'Pré-processamento básico',
    de: 'Grundlegende Aufbereitung',
    zh: '基础预处理',
  },
  'Advanced preprocessing': {
    en: 'Advanced preprocessing',
    es: 'Preprocesamiento avanzado',
    pt: 'Pré-processamento avançado',
    de: 'Erweiterte Aufbereitung',
    zh: '高级预处理',
  },
  'Dimensionality reduction': {
    en: 'Dimensionality reduction',
    es: 'Reducción de dimensionalidad',
    pt: 'Redução de dimensionalidade',
    de: 'Dimensionsreduktion',
    zh: '降维',
  },
  Encoding: { en: 'Encoding', es: 'Codificación', pt: 'Codificação', de: 'Kodierung', zh: '编码' },
  'Feature engineering': {
    en: 'Feature engineering',
    es: 'Ingeniería de características',
    pt: 'Engenharia de características',
    de: 'Merkmalskonstruktion',
    zh: '特征工程',
  },
  'Feature selection': {
    en: 'Feature selection',
    es: 'Selección de características',
    pt: 'Seleção de características',
    de: 'Merkmalsauswahl',
    zh: '特征选择',
  },
  'Polynomial and kernel': {
    en: 'Polynomial and kernel',
    es: 'Polinomios y núcleos',
    pt: 'Polinómios e núcleos',
    de: 'Polynome und Kerne',
    zh: '多项式与核方法',
  },
  Sampling: { en: 'Sampling', es: 'Muestreo', pt: 'Amostragem', de: 'Stichproben', zh: '采样' },
  'Scaling and normalization': {
    en: 'Scaling and normalization',
    es: 'Escalado y normalización',
    pt: 'Escalonamento e normalização',
    de: 'Skalierung und Normierung',
    zh: '缩放与归一化',
  },
  'Data complexity': {
    en: 'Data complexity',
    es: 'Complejidad de los datos',
    pt: 'Complexidade dos dados',
    de: 'Datenkomplexität',
    zh: '数据复杂度',
  },
  Distribution: { en: 'Distribution', es: 'Distribución', pt: 'Distribuição', de: 'Verteilung', zh: '分布' },
  'Preview / inspection': {
    en: 'Preview / inspection',
    es: 'Vista previa / inspección',
    pt: 'Pré-visualização / inspeção',
    de: 'Vorschau / Durchsicht',
    zh: '预览 / 检查',
  },
  Relationship: { en: 'Relationship', es: 'Relación', pt: 'Relação', de: 'Zusammenhang', zh: '关系' },
  Multidimensional: {
    en: 'Multidimensional',
    es: 'Multidimensional',
    pt: 'Multidimensional',
    de: 'Mehrdimensional',
    zh: '多维',
  },
  Statistical: { en: 'Statistical', es: 'Estadística', pt: 'Estatística', de: 'Statistik', zh: '统计' },
};

/** The category in every language; one that only a plugin knows stays as the plugin wrote it. */
export const categoryWords = (name: string): Words => texts[name] ?? name;
