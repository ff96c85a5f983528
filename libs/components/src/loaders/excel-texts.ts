import type { Pairs } from '../kit/texts.js';

/** Labels and helps of the parameters only the Excel loader has. */
export const excelTexts = {
  sheet: {
    en: ['Sheet', 'Name of the sheet, or its number counted from 0.'],
    es: ['Hoja', 'Nombre de la hoja o su número contado desde 0.'],
    pt: ['Folha', 'Nome da folha ou o seu número contado a partir de 0.'],
    de: ['Blatt', 'Name des Blatts oder seine Nummer, gezählt ab 0.'],
    zh: ['工作表', '工作表名称，或从 0 开始的序号。'],
  },
  header: {
    en: ['Header row', 'Row with the column names, counted from 0 after the skipped rows; empty when there is none.'],
    es: ['Fila de encabezado', 'Fila con los nombres, contada desde 0 tras las filas omitidas; vacía si no hay.'],
    pt: ['Linha de cabeçalho', 'Linha com os nomes, contada a partir de 0 após as ignoradas; vazia se não houver.'],
    de: ['Kopfzeile', 'Zeile mit den Spaltennamen, gezählt ab 0 nach den ausgelassenen; leer, wenn es keine gibt.'],
    zh: ['表头行', '包含列名的行，在跳过的行之后从 0 开始计数；没有则留空。'],
  },
  usecols: {
    en: ['Columns', 'Letters of the columns to read, such as `A:E` or `A,C,E:F`; empty for all.'],
    es: ['Columnas', 'Letras de las columnas a leer, como `A:E` o `A,C,E:F`; vacío para todas.'],
    pt: ['Colunas', 'Letras das colunas a ler, como `A:E` ou `A,C,E:F`; vazio para todas.'],
    de: ['Spalten', 'Buchstaben der Spalten, etwa `A:E` oder `A,C,E:F`; leer für alle.'],
    zh: ['列', '要读取的列的字母，例如 `A:E` 或 `A,C,E:F`；留空表示全部。'],
  },
  skiprows: {
    en: ['Rows to skip', 'Number of rows at the top of the sheet that are left out.'],
    es: ['Filas a omitir', 'Número de filas al principio de la hoja que se omiten.'],
    pt: ['Linhas a ignorar', 'Número de linhas no início da folha que são ignoradas.'],
    de: ['Zeilen auslassen', 'Anzahl der Zeilen am Anfang des Blatts, die entfallen.'],
    zh: ['跳过行数', '工作表顶部要忽略的行数。'],
  },
} as const satisfies Record<string, Pairs>;
