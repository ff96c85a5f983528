import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const mistralNemoInstruct2407 = defineTextModel({
  name: 'MistralNemoInstruct2407',
  ...ggufModel(
    'Mistral Nemo Instruct 2407',
    {
      en: 'Chats with the model of 12 billion parameters by Mistral AI, on this machine.',
      es: 'Conversa con el modelo de 12 mil millones de parámetros de Mistral AI, en este equipo.',
      pt: 'Conversa com o modelo de 12 mil milhões de parâmetros da Mistral AI, nesta máquina.',
      de: 'Spricht mit dem Modell von Mistral AI mit 12 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Mistral AI 的120 亿参数模型对话。',
    },
    { repository: 'bartowski/Mistral-Nemo-Instruct-2407-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 7_480_000_000 },
  ),
  notes: ['Repository, file and size are not in the reference catalogue; they are our choice, the size rounded.'],
});
