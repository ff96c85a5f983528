import { AppError, bool, int, orNull, string, union, type ExcelReadPlan } from '#contract';

import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

import { csvTexts } from './csv-texts.js';
import { parseColumns } from './excel-columns.js';
import { excelTexts } from './excel-texts.js';

const { names, na_values, keep_default_na, true_values, false_values, nrows } = csvTexts;

export const excelDataLoader = defineLoader({
  name: 'ExcelDataLoader',
  extensions: ['.xlsx', '.xls'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: {
    sheet: union({ default: 0, of: [int({ default: 0, min: 0 }), string({ default: '' })] }),
    header: orNull(int({ default: 0, min: 0, max: 100_000 }), 0),
    usecols: orNull(string({ default: '' })),
    skiprows: orNull(int({ default: 0, min: 0, max: 1_048_576 })),
    nrows: orNull(int({ default: 1, min: 1 })),
    names: orNull(string({ default: '' })),
    na_values: orNull(string({ default: '' })),
    true_values: orNull(string({ default: '' })),
    false_values: orNull(string({ default: '' })),
    keep_default_na: bool({ default: true }),
  },
  texts: textsOf(
    {
      en: ['Excel Data Loader', 'Reads one sheet of a workbook.'],
      es: ['Cargador de Datos Excel', 'Lee una hoja de un libro de cálculo.'],
      pt: ['Carregador de Dados Excel', 'Lê uma folha de um livro de cálculo.'],
      de: ['Excel-Datenlader', 'Liest ein Blatt einer Arbeitsmappe.'],
      zh: ['Excel 数据加载器', '读取工作簿中的一个工作表。'],
    },
    { ...excelTexts, nrows, names, na_values, true_values, false_values, keep_default_na },
  ),
  notes: [
    'Formulas count by their stored results; error cells are missing; of merged cells the first one has the value.',
    'Workbooks are read up to 64 MiB, or 256 MiB unpacked; save larger ones as CSV.',
    'Also offered for regression; the reference lists classification only.',
  ],

  plan(params): ExcelReadPlan {
    const { sheet } = params;
    return {
      format: 'excel',
      sheet: typeof sheet === 'string' && /^\d+$/.test(sheet) ? Number(sheet) : sheet,
      header: params.header,
      columns: columnsOf(params.usecols),
      skiprows: params.skiprows ?? 0,
      nrows: params.nrows,
      names: words(params.names),
      na_values: words(params.na_values),
      keep_default_na: params.keep_default_na,
      true_values: words(params.true_values),
      false_values: words(params.false_values),
    };
  },
});

/** `a, b` as a list; nothing in it means absent. */
function words(text: string | null): string[] | null {
  const list = (text ?? '').split(',').map((word) => word.trim());
  return list.some((word) => word !== '') ? list : null;
}

function columnsOf(text: string | null): ExcelReadPlan['columns'] {
  if (text === null || text.trim() === '') return null;
  const columns = parseColumns(text);
  if (!columns) throw new AppError('parameters-invalid', { parameter: 'usecols', reason: 'A:E, A,C,E:F' });
  return columns;
}
