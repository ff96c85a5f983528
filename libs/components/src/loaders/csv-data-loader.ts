import { AppError, bool, choice, CsvReadPlan, int, orNull, refusalText, SEPARATORS, string } from '#contract';

import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

import { csvTexts, optionLabels } from './csv-texts.js';

/** Signs between groups of three digits by the words of the form. */
const THOUSANDS = ['auto', 'none', ',', '.', 'space', "'"] as const;

export const csvDataLoader = defineLoader({
  name: 'CSVDataLoader',
  extensions: ['.csv', '.tsv', '.txt'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: {
    separator: choice({ default: ',', options: SEPARATORS }),
    header: string({ default: 'infer' }),
    names: orNull(string({ default: '' })),
    encoding: choice({ default: 'utf-8', options: ['utf-8', 'latin1', 'cp1252', 'iso-8859-1', 'utf-16'] }),
    na_values: orNull(string({ default: '' })),
    keep_default_na: bool({ default: true }),
    true_values: orNull(string({ default: '' })),
    false_values: orNull(string({ default: '' })),
    skip_blank_lines: bool({ default: true }),
    skiprows: orNull(int({ default: 0, min: 0 })),
    nrows: orNull(int({ default: 0, min: 0 })),
    decimal: choice({ default: 'auto', options: ['auto', '.', ','], labels: optionLabels.decimal }),
    thousands: choice({ default: 'auto', options: THOUSANDS, labels: optionLabels.thousands }),
    on_bad_lines: choice({ default: 'error', options: ['error', 'skip'], labels: optionLabels.on_bad_lines }),
  },
  texts: textsOf(
    {
      en: ['CSV Data Loader', 'Reads tables from text files whose values are parted by a separator.'],
      es: ['Cargador de Datos CSV', 'Lee tablas de archivos de texto cuyos valores están divididos por un separador.'],
      pt: [
        'Carregador de Dados CSV',
        'Lê tabelas de ficheiros de texto cujos valores estão divididos por um separador.',
      ],
      de: ['CSV-Datenlader', 'Liest Tabellen aus Textdateien, deren Werte ein Trennzeichen teilt.'],
      zh: ['CSV 数据加载器', '读取以分隔符分隔数值的文本文件中的表格。'],
    },
    csvTexts,
  ),
  notes: [
    'The separators `|` and `auto` (the file is looked at) and the encoding `utf-16` are additions.',
    'The parameters `decimal`, `thousands` and `on_bad_lines` are additions.',
    'Of a zipped archive the first file by name that fits is read.',
    'A row whose quotation marks do not pair is refused by its line, or left out where bad lines are; one blank before a quoted cell and any after it are not part of it.',
    'What comes of each of 2,293 ways to pollute a table, after the Pollock benchmark, is written down in `libs/tables/test/pollutions.spec.ts`.',
    'Also offered for regression; the reference lists classification only.',
  ],

  plan(params) {
    const { decimal, thousands } = params;
    if (decimal !== 'auto' && decimal === thousands)
      throw new AppError('parameters-invalid', { parameter: 'thousands', reason: 'thousands = decimal' });
    const given = { ...params, thousands: thousands === 'space' ? ' ' : thousands };
    const plan = CsvReadPlan.safeParse(given);
    if (plan.success) return plan.data;
    const parameter = String(plan.error.issues[0]?.path[0]);
    throw new AppError('parameters-invalid', { parameter, reason: refusalText(CsvReadPlan, given, 1) });
  },
});
