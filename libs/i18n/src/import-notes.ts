import type { LocalText, SWANLOG_SKIPS } from '#contract';

/** Why an import left something out. */
export const importNotes: Readonly<Record<(typeof SWANLOG_SKIPS)[number], LocalText>> = {
  'directory-missing': {
    en: 'The database knows this experiment, but its directory is not in the archive.',
    es: 'La base de datos conoce este experimento, pero su carpeta no está en el archivo.',
    pt: 'A base de dados conhece esta experiência, mas a sua pasta não está no arquivo.',
    de: 'Die Datenbank kennt dieses Experiment, doch sein Verzeichnis ist nicht im Archiv.',
    zh: '数据库中有此实验，但归档中没有它的目录。',
  },
  'experiment-unknown': {
    en: 'No experiment in runs.swanlab belongs to this directory.',
    es: 'Ningún experimento de runs.swanlab corresponde a esta carpeta.',
    pt: 'Nenhuma experiência em runs.swanlab corresponde a esta pasta.',
    de: 'Zu diesem Verzeichnis gehört kein Experiment in runs.swanlab.',
    zh: 'runs.swanlab 中没有对应此目录的实验。',
  },
  'run-deleted': {
    en: 'This run was deleted here a short time ago. Import it again in a week, or into another project.',
    es: 'Esta ejecución se eliminó aquí hace poco. Impórtela de nuevo en una semana o en otro proyecto.',
    pt: 'Esta execução foi eliminada aqui há pouco. Importe-a de novo dentro de uma semana ou noutro projeto.',
    de: 'Dieser Lauf wurde hier vor Kurzem gelöscht. Importieren Sie ihn in einer Woche erneut oder in ein anderes Projekt.',
    zh: '该运行最近在此处被删除。请一周后再导入，或导入到其他项目。',
  },
  'run-refused': {
    en: 'A name or a value of this run is larger than is kept here, or holds what cannot be stored.',
    es: 'Un nombre o valor de esta ejecución es mayor de lo que se guarda aquí o no se puede almacenar.',
    pt: 'Um nome ou valor desta execução é maior do que aqui se guarda ou não pode ser armazenado.',
    de: 'Ein Name oder Wert dieses Laufs ist größer, als hier aufbewahrt wird, oder lässt sich nicht speichern.',
    zh: '该运行的某个名称或值超出可保存的大小，或包含无法存储的内容。',
  },
  'tag-without-data': {
    en: 'The database names this tag, but there are no entries of it.',
    es: 'La base de datos nombra esta etiqueta, pero no tiene entradas.',
    pt: 'A base de dados indica esta etiqueta, mas não há entradas dela.',
    de: 'Die Datenbank nennt diese Reihe, doch es gibt keine Einträge.',
    zh: '数据库中有此标签，但没有任何数据。',
  },
  'entries-unreadable': {
    en: 'Entries of this tag are not of its type or cannot be read; the others were imported.',
    es: 'Hay entradas de esta etiqueta de otro tipo o ilegibles; las demás se importaron.',
    pt: 'Há entradas desta etiqueta de outro tipo ou ilegíveis; as restantes foram importadas.',
    de: 'Einträge dieser Reihe sind nicht von ihrem Typ oder nicht lesbar; die übrigen wurden importiert.',
    zh: '该标签中有类型不符或无法读取的条目；其余已导入。',
  },
  'file-unreadable': {
    en: 'This file cannot be read; the rest of the run was imported.',
    es: 'Este archivo no se puede leer; el resto de la ejecución se importó.',
    pt: 'Este ficheiro não pode ser lido; o resto da execução foi importado.',
    de: 'Diese Datei ist nicht lesbar; der übrige Lauf wurde importiert.',
    zh: '无法读取此文件；该运行的其余部分已导入。',
  },
  'media-missing': {
    en: 'Files of this tag are not in the archive; their names were kept.',
    es: 'Hay archivos de esta etiqueta que no están en el archivo; se conservaron sus nombres.',
    pt: 'Há ficheiros desta etiqueta que não estão no arquivo; os seus nomes foram mantidos.',
    de: 'Dateien dieser Reihe sind nicht im Archiv; ihre Namen wurden behalten.',
    zh: '该标签的部分文件不在归档中；已保留其名称。',
  },
};
