import type { JobType, Locale, LocalText } from '#contract';

const download: LocalText = { en: 'Download', es: 'Descarga', pt: 'Transferência', de: 'Herunterladen', zh: '下载' };

/** What a listed job does, by its type; others are named by the component that does it. */
const words = {
  ComponentDownloadJob: download,
  DatafileJob: download,
  DatasetJob: { en: 'Dataset', es: 'Conjunto de datos', pt: 'Conjunto de dados', de: 'Datensatz', zh: '数据集' },
  GenerativeJob: { en: 'Generate', es: 'Generación', pt: 'Geração', de: 'Erzeugung', zh: '生成' },
  ModelJob: { en: 'Train', es: 'Entrenamiento', pt: 'Treino', de: 'Training', zh: '训练' },
  PredictJob: { en: 'Predict', es: 'Predicción', pt: 'Previsão', de: 'Vorhersage', zh: '预测' },
  SwanlogJob: { en: 'Import', es: 'Importación', pt: 'Importação', de: 'Import', zh: '导入' },
} as const satisfies Partial<Record<JobType, LocalText>>;

/** A job's name as its row keeps it: in English, as DashAI's clients know it, for example `Train: Forest 1`. */
export function jobName(type: keyof typeof words, of: string): string {
  return `${words[type].en}: ${of}`;
}

/** The name of a row in the reader's language; what people named themselves stays, and so does a name that is no {@link jobName}. */
export function readJobName(type: string, name: string, locale: Locale): string {
  if (locale === 'en' || !Object.hasOwn(words, type)) return name;
  const known = type as keyof typeof words;
  const start = jobName(known, '');
  if (!name.startsWith(start)) return name;
  return `${words[known][locale]}${locale === 'zh' ? '：' : ': '}${name.slice(start.length)}`;
}
