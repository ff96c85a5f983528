import { defineDatasetSource } from '../kit/dataset-source.js';
import { textsOf } from '../kit/texts.js';
import { HUBS } from './hubs.js';

export const openMlDatasetSource = defineDatasetSource({
  name: 'OpenMLDatasetSource',
  category: HUBS,
  texts: textsOf(
    {
      en: [
        'OpenML',
        'Data sets for teaching and benchmarks, versioned and described column by column. They come as ARFF or Parquet files. The search takes the exact name of a data set.',
      ],
      es: [
        'OpenML',
        'Conjuntos de datos para la enseñanza y la comparación de modelos, con versiones y descritos columna por columna. Llegan como archivos ARFF o Parquet. La búsqueda admite el nombre exacto de un conjunto de datos.',
      ],
      pt: [
        'OpenML',
        'Conjuntos de dados para ensino e comparação de modelos, com versões e descritos coluna a coluna. Chegam como ficheiros ARFF ou Parquet. A pesquisa aceita o nome exato de um conjunto de dados.',
      ],
      de: [
        'OpenML',
        'Datensätze für Lehre und Vergleiche, mit Versionen und Spalte für Spalte beschrieben. Sie kommen als ARFF- oder Parquet-Dateien. Gesucht wird nach dem genauen Namen eines Datensatzes.',
      ],
      zh: [
        'OpenML',
        '用于教学和模型比较的数据集，带版本并逐列说明，以 ARFF 或 Parquet 文件提供。搜索需要数据集的准确名称。',
      ],
    },
    {},
  ),
});
