import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const smolLm217bInstruct = defineTextModel({
  name: 'SmolLM2_17BInstruct',
  ...ggufModel(
    'SmolLM2 1.7B Instruct',
    {
      en: 'Chats with the model of 1.7 billion parameters by Hugging Face, on this machine.',
      es: 'Conversa con el modelo de 1700 millones de parámetros de Hugging Face, en este equipo.',
      pt: 'Conversa com o modelo de 1700 milhões de parâmetros da Hugging Face, nesta máquina.',
      de: 'Spricht mit dem Modell von Hugging Face mit 1,7 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Hugging Face 的17 亿参数模型对话。',
    },
    { repository: 'HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF', file: '*q4_k_m.gguf', sizeBytes: 1_060_000_000 },
  ),
  notes: ['Repository, file and size are not in the reference catalogue; they are our choice, the size rounded.'],
});
