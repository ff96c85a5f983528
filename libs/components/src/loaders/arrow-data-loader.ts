import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

export const arrowDataLoader = defineLoader({
  name: 'ArrowDataLoader',
  extensions: ['.arrow', '.feather', '.ipc'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  nativeTypes: true,
  params: {},
  texts: textsOf(
    {
      en: ['Arrow Data Loader', 'Reads Arrow IPC files and streams, also called Feather.'],
      es: ['Cargador de Datos Arrow', 'Lee archivos y flujos IPC de Arrow, también llamados Feather.'],
      pt: ['Carregador de Dados Arrow', 'Lê ficheiros e fluxos IPC do Arrow, também chamados Feather.'],
      de: ['Arrow-Datenlader', 'Liest IPC-Dateien und -Ströme von Arrow, auch Feather genannt.'],
      zh: ['Arrow 数据加载器', '读取 Arrow IPC 文件和流（也称 Feather）。'],
    },
    {},
  ),
  notes: ['An addition. Values that nest become JSON text, bytes base64. Feather version 1 is not read.'],

  plan: () => ({ format: 'arrow' }),
});
