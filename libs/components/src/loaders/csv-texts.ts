import type { LocalText } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** Labels and helps of the CSV loader's parameters. */
export const csvTexts = {
  separator: {
    en: ['Separator', 'Character between the values of a line; `auto` finds it by looking at the file.'],
    es: ['Separador', 'Carácter entre los valores de una línea; `auto` lo averigua mirando el archivo.'],
    pt: ['Separador', 'Carácter entre os valores de uma linha; `auto` descobre-o olhando para o ficheiro.'],
    de: ['Trennzeichen', 'Zeichen zwischen den Werten einer Zeile; `auto` ermittelt es aus der Datei.'],
    zh: ['分隔符', '一行中各值之间的字符；`auto` 会查看文件自动判断。'],
  },
  header: {
    en: ['Header', 'Line with the column names: `infer`, `none`, or its number counted from 0.'],
    es: ['Encabezado', 'Línea con los nombres de columna: `infer`, `none` o su número contado desde 0.'],
    pt: ['Cabeçalho', 'Linha com os nomes das colunas: `infer`, `none` ou o seu número contado a partir de 0.'],
    de: ['Kopfzeile', 'Zeile mit den Spaltennamen: `infer`, `none` oder ihre Nummer, gezählt ab 0.'],
    zh: ['表头', '包含列名的行：`infer`、`none` 或从 0 开始的行号。'],
  },
  names: {
    en: ['Column names', 'Names for the columns, parted by commas, in place of those in the file.'],
    es: ['Nombres de columna', 'Nombres para las columnas, separados por comas, en lugar de los del archivo.'],
    pt: ['Nomes das colunas', 'Nomes para as colunas, separados por vírgulas, em vez dos do ficheiro.'],
    de: ['Spaltennamen', 'Namen der Spalten, durch Kommas getrennt, anstelle derer in der Datei.'],
    zh: ['列名', '用逗号分隔的列名，代替文件中的列名。'],
  },
  encoding: {
    en: ['Encoding', 'How the characters of the file are stored; a byte order mark in the file overrules this.'],
    es: ['Codificación', 'Cómo se guardan los caracteres del archivo; una marca de orden de bytes prevalece.'],
    pt: ['Codificação', 'Como os caracteres do ficheiro são guardados; uma marca de ordem de bytes prevalece.'],
    de: ['Kodierung', 'Wie die Zeichen der Datei gespeichert sind; eine Bytereihenfolge-Marke hat Vorrang.'],
    zh: ['编码', '文件字符的存储方式；文件中的字节顺序标记优先。'],
  },
  na_values: {
    en: ['Missing values', 'Further words, parted by commas, that stand for a missing value.'],
    es: ['Valores ausentes', 'Otras palabras, separadas por comas, que representan un valor ausente.'],
    pt: ['Valores em falta', 'Outras palavras, separadas por vírgulas, que representam um valor em falta.'],
    de: ['Fehlende Werte', 'Weitere Wörter, durch Kommas getrennt, die für einen fehlenden Wert stehen.'],
    zh: ['缺失值', '表示缺失值的其他词语，用逗号分隔。'],
  },
  keep_default_na: {
    en: ['Usual missing values', 'Also read the usual words, such as `NA` and `null`, as missing.'],
    es: ['Valores ausentes habituales', 'Leer también como ausentes las palabras habituales, como `NA` y `null`.'],
    pt: ['Valores em falta habituais', 'Ler também como em falta as palavras habituais, como `NA` e `null`.'],
    de: ['Übliche fehlende Werte', 'Auch die üblichen Wörter wie `NA` und `null` als fehlend lesen.'],
    zh: ['常见缺失值', '同时将 `NA`、`null` 等常见词语视为缺失。'],
  },
  true_values: {
    en: ['True values', 'Words, parted by commas, that are read as true.'],
    es: ['Valores verdaderos', 'Palabras, separadas por comas, que se leen como verdadero.'],
    pt: ['Valores verdadeiros', 'Palavras, separadas por vírgulas, que são lidas como verdadeiro.'],
    de: ['Wahre Werte', 'Wörter, durch Kommas getrennt, die als wahr gelesen werden.'],
    zh: ['真值', '读作“真”的词语，用逗号分隔。'],
  },
  false_values: {
    en: ['False values', 'Words, parted by commas, that are read as false.'],
    es: ['Valores falsos', 'Palabras, separadas por comas, que se leen como falso.'],
    pt: ['Valores falsos', 'Palavras, separadas por vírgulas, que são lidas como falso.'],
    de: ['Falsche Werte', 'Wörter, durch Kommas getrennt, die als falsch gelesen werden.'],
    zh: ['假值', '读作“假”的词语，用逗号分隔。'],
  },
  skip_blank_lines: {
    en: ['Skip blank lines', 'Leave blank lines out instead of reading them as rows of missing values.'],
    es: ['Omitir líneas vacías', 'Omitir las líneas vacías en vez de leerlas como filas de valores ausentes.'],
    pt: ['Ignorar linhas vazias', 'Ignorar as linhas vazias em vez de as ler como linhas de valores em falta.'],
    de: ['Leerzeilen überspringen', 'Leere Zeilen auslassen, statt sie als Zeilen fehlender Werte zu lesen.'],
    zh: ['跳过空行', '忽略空行，而不是读作全部缺失的行。'],
  },
  skiprows: {
    en: ['Rows to skip', 'Number of data rows after the header that are left out.'],
    es: ['Filas a omitir', 'Número de filas de datos tras el encabezado que se omiten.'],
    pt: ['Linhas a ignorar', 'Número de linhas de dados após o cabeçalho que são ignoradas.'],
    de: ['Zeilen auslassen', 'Anzahl der Datenzeilen nach der Kopfzeile, die entfallen.'],
    zh: ['跳过行数', '表头之后要忽略的数据行数。'],
  },
  nrows: {
    en: ['Rows to read', 'Number of data rows that are read at most; empty for all.'],
    es: ['Filas a leer', 'Número máximo de filas de datos que se leen; vacío para todas.'],
    pt: ['Linhas a ler', 'Número máximo de linhas de dados que são lidas; vazio para todas.'],
    de: ['Zeilen lesen', 'Höchstzahl der gelesenen Datenzeilen; leer für alle.'],
    zh: ['读取行数', '最多读取的数据行数；留空表示全部。'],
  },
  decimal: {
    en: ['Decimal sign', 'Sign before the fraction of a number; `auto` judges each column by its values.'],
    es: ['Signo decimal', 'Signo ante la fracción de un número; `auto` juzga cada columna por sus valores.'],
    pt: ['Sinal decimal', 'Sinal antes da fração de um número; `auto` avalia cada coluna pelos seus valores.'],
    de: ['Dezimalzeichen', 'Zeichen vor den Nachkommastellen; `auto` beurteilt jede Spalte nach ihren Werten.'],
    zh: ['小数点符号', '数字小数部分之前的符号；`auto` 根据各列的值判断。'],
  },
  thousands: {
    en: ['Thousands sign', 'Sign between groups of three digits; `auto` judges each column by its values.'],
    es: ['Signo de miles', 'Signo entre grupos de tres cifras; `auto` juzga cada columna por sus valores.'],
    pt: ['Sinal de milhares', 'Sinal entre grupos de três algarismos; `auto` avalia cada coluna pelos seus valores.'],
    de: ['Tausenderzeichen', 'Zeichen zwischen Dreiergruppen; `auto` beurteilt jede Spalte nach ihren Werten.'],
    zh: ['千位分隔符', '每三位数字之间的符号；`auto` 根据各列的值判断。'],
  },
  on_bad_lines: {
    en: [
      'Bad lines',
      'What becomes of lines with too many or too few cells or quotation marks: `error` stops, `skip` leaves them out.',
    ],
    es: [
      'Líneas erróneas',
      'Qué hacer con líneas de celdas o comillas de más o de menos: `error` se detiene, `skip` las omite.',
    ],
    pt: [
      'Linhas erradas',
      'O que fazer com linhas de células ou aspas a mais ou a menos: `error` para, `skip` ignora-as.',
    ],
    de: [
      'Fehlerhafte Zeilen',
      'Zeilen mit zu vielen oder zu wenigen Zellen oder Anführungszeichen: `error` bricht ab, `skip` lässt sie weg.',
    ],
    zh: ['错误行', '单元格或引号过多或过少的行如何处理：`error` 停止，`skip` 忽略。'],
  },
} as const satisfies Record<string, Pairs>;

/** Labels of options that do not speak for themselves. */
export const optionLabels = {
  decimal: {
    auto: { en: 'Find out', es: 'Averiguar', pt: 'Descobrir', de: 'Ermitteln', zh: '自动判断' },
    '.': { en: 'Point: 1.5', es: 'Punto: 1.5', pt: 'Ponto: 1.5', de: 'Punkt: 1.5', zh: '句点：1.5' },
    ',': { en: 'Comma: 1,5', es: 'Coma: 1,5', pt: 'Vírgula: 1,5', de: 'Komma: 1,5', zh: '逗号：1,5' },
  },
  thousands: {
    auto: { en: 'Find out', es: 'Averiguar', pt: 'Descobrir', de: 'Ermitteln', zh: '自动判断' },
    none: { en: 'None: 1000', es: 'Ninguno: 1000', pt: 'Nenhum: 1000', de: 'Keines: 1000', zh: '无：1000' },
    ',': { en: 'Comma: 1,000', es: 'Coma: 1,000', pt: 'Vírgula: 1,000', de: 'Komma: 1,000', zh: '逗号：1,000' },
    '.': { en: 'Point: 1.000', es: 'Punto: 1.000', pt: 'Ponto: 1.000', de: 'Punkt: 1.000', zh: '句点：1.000' },
    space: {
      en: 'Space: 1 000',
      es: 'Espacio: 1 000',
      pt: 'Espaço: 1 000',
      de: 'Leerzeichen: 1 000',
      zh: '空格：1 000',
    },
    "'": {
      en: "Apostrophe: 1'000",
      es: "Apóstrofo: 1'000",
      pt: "Apóstrofo: 1'000",
      de: "Apostroph: 1'000",
      zh: "撇号：1'000",
    },
  },
  on_bad_lines: {
    error: { en: 'Stop', es: 'Detenerse', pt: 'Parar', de: 'Abbrechen', zh: '停止' },
    skip: { en: 'Leave out', es: 'Omitir', pt: 'Ignorar', de: 'Weglassen', zh: '忽略' },
  },
} as const satisfies Record<string, Record<string, LocalText>>;
