import { defineDatasetSource } from '../kit/dataset-source.js';
import { textsOf } from '../kit/texts.js';
import { HUBS } from './hubs.js';

export const zenodoDatasetSource = defineDatasetSource({
  name: 'ZenodoDatasetSource',
  category: HUBS,
  texts: textsOf(
    {
      en: [
        'Zenodo',
        'Data behind scientific papers, each record with a DOI. Search by words; files that a loader can read are fetched.',
      ],
      es: [
        'Zenodo',
        'Datos de artículos científicos, cada registro con un DOI. Busque por palabras; se descargan los archivos que un cargador puede leer.',
      ],
      pt: [
        'Zenodo',
        'Dados de artigos científicos, cada registo com um DOI. Pesquise por palavras; são descarregados os ficheiros que um carregador consegue ler.',
      ],
      de: [
        'Zenodo',
        'Daten hinter wissenschaftlichen Arbeiten, jeder Eintrag mit einer DOI. Gesucht wird nach Wörtern; geholt werden Dateien, die ein Lader lesen kann.',
      ],
      zh: ['Zenodo', '科研论文背后的数据，每条记录都有 DOI。按关键词搜索；仅下载加载器可读取的文件。'],
    },
    {},
  ),
});
