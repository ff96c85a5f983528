import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const llama321bInstruct = defineTextModel({
  name: 'Llama32_1BInstruct',
  ...ggufModel(
    'Llama 3.2 1B Instruct',
    {
      en: 'Chats with the model of 1 billion parameters by Meta, on this machine.',
      es: 'Conversa con el modelo de mil millones de parámetros de Meta, en este equipo.',
      pt: 'Conversa com o modelo de mil milhões de parâmetros da Meta, nesta máquina.',
      de: 'Spricht mit dem Modell von Meta mit 1 Milliarde Parametern, auf diesem Rechner.',
      zh: '在本机上与 Meta 的10 亿参数模型对话。',
    },
    { repository: 'bartowski/Llama-3.2-1B-Instruct-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 808_000_000 },
  ),
  notes: ['Repository, file and size are not in the reference catalogue; they are our choice, the size rounded.'],
});
