import { orNull, string, type JsonReadPlan } from '#contract';

import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

export const jsonDataLoader = defineLoader({
  name: 'JSONDataLoader',
  extensions: ['.json', '.jsonl', '.ndjson'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: { data_key: orNull(string({ default: 'data' }), 'data') },
  texts: textsOf(
    {
      en: ['JSON Data Loader', 'Reads records or columns from a JSON file, or one record per line.'],
      es: ['Cargador de Datos JSON', 'Lee registros o columnas de un archivo JSON, o un registro por línea.'],
      pt: ['Carregador de Dados JSON', 'Lê registos ou colunas de um ficheiro JSON, ou um registo por linha.'],
      de: ['JSON-Datenlader', 'Liest Datensätze oder Spalten aus einer JSON-Datei oder einen Datensatz je Zeile.'],
      zh: ['JSON 数据加载器', '从 JSON 文件读取记录或列，或每行一条记录。'],
    },
    {
      data_key: {
        en: ['Data key', 'Key that holds the records, `a.b` for one inside another; empty when the file is the list.'],
        es: [
          'Clave de datos',
          'Clave con los registros, `a.b` si está dentro de otra; vacía si el archivo es la lista.',
        ],
        pt: ['Chave dos dados', 'Chave com os registos, `a.b` se estiver dentro de outra; vazia se for só a lista.'],
        de: [
          'Datenschlüssel',
          'Schlüssel der Datensätze, `a.b` für verschachtelte; leer, wenn die Datei die Liste ist.',
        ],
        zh: ['数据键', '包含记录的键，嵌套时写作 `a.b`；文件本身是列表时留空。'],
      },
    },
  ),
  notes: [
    'Columns (`{"a": [1, 2]}`), JSON Lines, nested keys and a bare list under any key are additions.',
    'Values that nest are kept as JSON text; `NaN` is missing; integers of 16 digits and more keep their digits.',
  ],

  plan(params): JsonReadPlan {
    const key = params.data_key?.trim() ?? '';
    return { format: 'json', dataKey: key === '' ? null : key };
  },
});
