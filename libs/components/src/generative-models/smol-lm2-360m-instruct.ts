import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const smolLm2360mInstruct = defineTextModel({
  name: 'SmolLM2_360MInstruct',
  ...ggufModel(
    'SmolLM2 360M Instruct',
    {
      en: 'Chats with the model of 0.36 billion parameters by Hugging Face, on this machine.',
      es: 'Conversa con el modelo de 360 millones de parámetros de Hugging Face, en este equipo.',
      pt: 'Conversa com o modelo de 360 milhões de parâmetros da Hugging Face, nesta máquina.',
      de: 'Spricht mit dem Modell von Hugging Face mit 360 Millionen Parametern, auf diesem Rechner.',
      zh: '在本机上与 Hugging Face 的3.6 亿参数模型对话。',
    },
    { repository: 'HuggingFaceTB/SmolLM2-360M-Instruct-GGUF', file: '*q8_0.gguf', sizeBytes: 386_404_992 },
  ),
});
