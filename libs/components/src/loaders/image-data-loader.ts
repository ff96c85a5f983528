import { defineLoader } from '../kit/loader.js';
import { textsOf } from '../kit/texts.js';

/** What it reads and what it finds inside: DashAI's client takes an archive only when one of these endings is in it. */
const EXTENSIONS = ['.zip', '.jpg', '.jpeg', '.png', '.gif', '.webp', '.tif', '.tiff', '.avif'];

export const imageDataLoader = defineLoader({
  name: 'ImageDataLoader',
  extensions: EXTENSIONS,
  tasks: [],
  nativeTypes: true,
  params: {},
  texts: textsOf(
    {
      en: ['Image Data Loader', 'Reads a ZIP archive of pictures; the folder of each is its label.'],
      es: ['Cargador de Imágenes', 'Lee un archivo ZIP de imágenes; la carpeta de cada una es su etiqueta.'],
      pt: ['Carregador de Imagens', 'Lê um arquivo ZIP de imagens; a pasta de cada uma é a sua etiqueta.'],
      de: ['Bild-Datenlader', 'Liest ein ZIP-Archiv mit Bildern; der Ordner jedes Bildes ist seine Klasse.'],
      zh: ['图像数据加载器', '读取图片的 ZIP 压缩包；每张图片所在的文件夹即其标签。'],
    },
    {},
  ),
  notes: [
    'JPEG, PNG, GIF, WebP, TIFF and AVIF; one picture has at most 64 MiB and 100 million pixels.',
    'There is no task for pictures yet: such a data set can be looked at, filtered and exported.',
  ],

  plan: () => ({ format: 'images' }),
});
