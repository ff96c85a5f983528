import { defineDatasetSource } from '../kit/dataset-source.js';
import { textsOf } from '../kit/texts.js';
import { HUBS } from './hubs.js';

export const kaggleDatasetSource = defineDatasetSource({
  name: 'KaggleDatasetSource',
  category: HUBS,
  optionalCredentials: ['KaggleCredential'],
  texts: textsOf(
    {
      en: [
        'Kaggle',
        'Data sets of all kinds that a large community shares and discusses. Files that a loader can read are fetched; a key opens data sets that are private or whose terms you accepted there.',
      ],
      es: [
        'Kaggle',
        'Conjuntos de datos de todo tipo que una gran comunidad comparte y comenta. Se descargan los archivos que un cargador puede leer; una clave abre los privados y aquellos cuyas condiciones usted aceptó allí.',
      ],
      pt: [
        'Kaggle',
        'Conjuntos de dados de todo o tipo que uma grande comunidade partilha e discute. São descarregados os ficheiros que um carregador consegue ler; uma chave abre os privados e aqueles cujos termos aceitou lá.',
      ],
      de: [
        'Kaggle',
        'Datensätze aller Art, die eine große Gemeinschaft teilt und bespricht. Geholt werden Dateien, die ein Lader lesen kann; ein Schlüssel öffnet private und solche, deren Bedingungen Sie dort zugestimmt haben.',
      ],
      zh: [
        'Kaggle',
        '大型社区共享并讨论的各类数据集。仅下载加载器可读取的文件；密钥可打开私有数据集以及您已在该平台接受条款的数据集。',
      ],
    },
    {},
  ),
});
