import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const llama318bInstruct = defineTextModel({
  name: 'Llama31_8BInstruct',
  ...ggufModel(
    'Llama 3.1 8B Instruct',
    {
      en: 'Chats with the model of 8 billion parameters by Meta, on this machine.',
      es: 'Conversa con el modelo de 8 mil millones de parámetros de Meta, en este equipo.',
      pt: 'Conversa com o modelo de 8 mil milhões de parâmetros da Meta, nesta máquina.',
      de: 'Spricht mit dem Modell von Meta mit 8 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Meta 的80 亿参数模型对话。',
    },
    { repository: 'bartowski/Meta-Llama-3.1-8B-Instruct-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 4_920_739_232 },
  ),
});
