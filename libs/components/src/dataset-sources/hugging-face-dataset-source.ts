import { defineDatasetSource } from '../kit/dataset-source.js';
import { textsOf } from '../kit/texts.js';
import { HUBS } from './hubs.js';

export const huggingFaceDatasetSource = defineDatasetSource({
  name: 'HuggingFaceDatasetSource',
  category: HUBS,
  optionalCredentials: ['HuggingFaceCredential'],
  texts: textsOf(
    {
      en: [
        'Hugging Face',
        'The largest collection of data sets that people share. Files that a loader can read are fetched; a token opens data sets whose owners ask for one.',
      ],
      es: [
        'Hugging Face',
        'La mayor colección de conjuntos de datos compartidos. Se descargan los archivos que un cargador puede leer; un token abre los conjuntos cuyos dueños lo exigen.',
      ],
      pt: [
        'Hugging Face',
        'A maior coleção de conjuntos de dados partilhados. São descarregados os ficheiros que um carregador consegue ler; um token abre os conjuntos cujos donos o exigem.',
      ],
      de: [
        'Hugging Face',
        'Die größte Sammlung geteilter Datensätze. Geholt werden Dateien, die ein Lader lesen kann; ein Token öffnet Datensätze, deren Besitzer eines verlangen.',
      ],
      zh: ['Hugging Face', '最大的共享数据集平台。仅下载加载器可读取的文件；令牌可打开所有者要求授权的数据集。'],
    },
    {},
  ),
});
