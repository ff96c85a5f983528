import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

export const arffDataLoader = defineLoader({
  name: 'ARFFDataLoader',
  extensions: ['.arff'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  nativeTypes: true,
  params: {},
  texts: textsOf(
    {
      en: ['ARFF Data Loader', 'Reads files of Weka, which declare the types of their columns.'],
      es: ['Cargador de Datos ARFF', 'Lee archivos de Weka, que declaran los tipos de sus columnas.'],
      pt: ['Carregador de Dados ARFF', 'Lê ficheiros do Weka, que declaram os tipos das suas colunas.'],
      de: ['ARFF-Datenlader', 'Liest Dateien von Weka, die die Typen ihrer Spalten angeben.'],
      zh: ['ARFF 数据加载器', '读取 Weka 文件，其中声明了各列的类型。'],
    },
    {},
  ),
  notes: [
    'Sparse rows are read: what they leave out is 0 or the first level. Relational columns and weights are refused.',
  ],

  plan: () => ({ format: 'arff' }),
});
