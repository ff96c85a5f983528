import type { Locale, LocalText, Opening } from '#contract';

/** The words some routes of DashAI put before whatever went wrong. */
const openings: Readonly<Record<Opening, LocalText>> = {
  'input-refused': {
    en: 'Invalid input data',
    es: 'Datos de entrada no válidos',
    pt: 'Dados de entrada inválidos',
    de: 'Ungültige Eingabedaten',
    zh: '输入数据无效',
  },
  'job-undelivered': {
    en: 'Job not delivered',
    es: 'El trabajo no se entregó',
    pt: 'O trabalho não foi entregue',
    de: 'Der Auftrag wurde nicht übergeben',
    zh: '任务未提交',
  },
  'job-unknown': {
    en: 'Job not found',
    es: 'No se encontró el trabajo',
    pt: 'O trabalho não foi encontrado',
    de: 'Der Auftrag wurde nicht gefunden',
    zh: '未找到任务',
  },
  'notebook-failed': {
    en: 'Failed to create notebook',
    es: 'No se pudo crear el cuaderno',
    pt: 'Não foi possível criar o caderno',
    de: 'Das Notebook konnte nicht angelegt werden',
    zh: '无法创建笔记本',
  },
  'preview-failed': {
    en: 'Failed to load preview with types',
    es: 'No se pudo cargar la vista previa con tipos',
    pt: 'Não foi possível carregar a pré-visualização com tipos',
    de: 'Die Vorschau mit Typen konnte nicht geladen werden',
    zh: '无法加载带类型的预览',
  },
  'types-failed': {
    en: 'Failed to validate type changes',
    es: 'No se pudieron comprobar los cambios de tipo',
    pt: 'Não foi possível verificar as alterações de tipo',
    de: 'Die Typänderungen konnten nicht geprüft werden',
    zh: '无法校验类型更改',
  },
};

/** A sentence behind the words its route begins with. */
export function openedText(opening: Opening, sentence: string, locale: Locale = 'en'): string {
  return `${openings[opening][locale]}${locale === 'zh' ? '：' : ': '}${sentence}`;
}
