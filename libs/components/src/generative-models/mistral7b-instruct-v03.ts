import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const mistral7bInstructV03 = defineTextModel({
  name: 'Mistral7BInstructV03',
  ...ggufModel(
    'Mistral 7B Instruct v0.3',
    {
      en: 'Chats with the model of 7 billion parameters by Mistral AI, on this machine.',
      es: 'Conversa con el modelo de 7 mil millones de parámetros de Mistral AI, en este equipo.',
      pt: 'Conversa com o modelo de 7 mil milhões de parâmetros da Mistral AI, nesta máquina.',
      de: 'Spricht mit dem Modell von Mistral AI mit 7 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Mistral AI 的70 亿参数模型对话。',
    },
    { repository: 'bartowski/Mistral-7B-Instruct-v0.3-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 4_372_812_000 },
  ),
});
