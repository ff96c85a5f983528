import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const mixtral8x7bInstructQ4km = defineTextModel({
  name: 'Mixtral8x7BInstructQ4KM',
  ...ggufModel(
    'Mixtral 8x7B Instruct (Q4_K_M)',
    {
      en: 'Chats with the model of 47 billion parameters by Mistral AI, on this machine.',
      es: 'Conversa con el modelo de 47 mil millones de parámetros de Mistral AI, en este equipo.',
      pt: 'Conversa com o modelo de 47 mil milhões de parâmetros da Mistral AI, nesta máquina.',
      de: 'Spricht mit dem Modell von Mistral AI mit 47 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Mistral AI 的470 亿参数模型对话。',
    },
    { repository: 'mradermacher/Mixtral-8x7B-Instruct-v0.1-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 28_448_468_384 },
  ),
});
