import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const qwen2515bInstruct = defineTextModel({
  name: 'Qwen25_15BInstruct',
  ...ggufModel(
    'Qwen2.5 1.5B Instruct',
    {
      en: 'Chats with the model of 1.5 billion parameters by Qwen, on this machine.',
      es: 'Conversa con el modelo de 1500 millones de parámetros de Qwen, en este equipo.',
      pt: 'Conversa com o modelo de 1500 milhões de parâmetros da Qwen, nesta máquina.',
      de: 'Spricht mit dem Modell von Qwen mit 1,5 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Qwen 的15 亿参数模型对话。',
    },
    { repository: 'Qwen/Qwen2.5-1.5B-Instruct-GGUF', file: '*8_0.gguf', sizeBytes: 1_894_532_128 },
  ),
});
