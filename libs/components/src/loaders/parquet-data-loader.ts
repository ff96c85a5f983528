import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

export const parquetDataLoader = defineLoader({
  name: 'ParquetDataLoader',
  extensions: ['.parquet', '.pq'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  nativeTypes: true,
  params: {},
  texts: textsOf(
    {
      en: ['Parquet Data Loader', 'Reads Parquet files column by column.'],
      es: ['Cargador de Datos Parquet', 'Lee archivos Parquet columna por columna.'],
      pt: ['Carregador de Dados Parquet', 'Lê ficheiros Parquet coluna a coluna.'],
      de: ['Parquet-Datenlader', 'Liest Parquet-Dateien spaltenweise.'],
      zh: ['Parquet 数据加载器', '按列读取 Parquet 文件。'],
    },
    {},
  ),
  notes: ['An addition. Values that nest become JSON text, bytes base64.'],

  plan: () => ({ format: 'parquet' }),
});
