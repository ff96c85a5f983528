import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const qwen2505bInstruct = defineTextModel({
  name: 'Qwen25_05BInstruct',
  ...ggufModel(
    'Qwen2.5 0.5B Instruct',
    {
      en: 'Chats with the model of 0.5 billion parameters by Qwen, on this machine.',
      es: 'Conversa con el modelo de 500 millones de parámetros de Qwen, en este equipo.',
      pt: 'Conversa com o modelo de 500 milhões de parâmetros da Qwen, nesta máquina.',
      de: 'Spricht mit dem Modell von Qwen mit 0,5 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Qwen 的5 亿参数模型对话。',
    },
    { repository: 'Qwen/Qwen2.5-0.5B-Instruct-GGUF', file: '*8_0.gguf', sizeBytes: 675_710_816 },
  ),
});
