import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const llama323bInstruct = defineTextModel({
  name: 'Llama32_3BInstruct',
  ...ggufModel(
    'Llama 3.2 3B Instruct',
    {
      en: 'Chats with the model of 3 billion parameters by Meta, on this machine.',
      es: 'Conversa con el modelo de 3 mil millones de parámetros de Meta, en este equipo.',
      pt: 'Conversa com o modelo de 3 mil milhões de parâmetros da Meta, nesta máquina.',
      de: 'Spricht mit dem Modell von Meta mit 3 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Meta 的30 亿参数模型对话。',
    },
    { repository: 'bartowski/Llama-3.2-3B-Instruct-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 2_020_000_000 },
  ),
  notes: ['Repository, file and size are not in the reference catalogue; they are our choice, the size rounded.'],
});
