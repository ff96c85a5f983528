import { defineTextModel } from '../kit/generative.js';

import { ggufModel } from './gguf.js';

export const phi4MiniInstructModel = defineTextModel({
  name: 'Phi4MiniInstructModel',
  ...ggufModel(
    'Phi-4 mini instruct',
    {
      en: 'Chats with the model of 3.8 billion parameters by Microsoft, on this machine.',
      es: 'Conversa con el modelo de 3800 millones de parámetros de Microsoft, en este equipo.',
      pt: 'Conversa com o modelo de 3800 milhões de parâmetros da Microsoft, nesta máquina.',
      de: 'Spricht mit dem Modell von Microsoft mit 3,8 Milliarden Parametern, auf diesem Rechner.',
      zh: '在本机上与 Microsoft 的38 亿参数模型对话。',
    },
    { repository: 'unsloth/Phi-4-mini-instruct-GGUF', file: '*Q4_K_M.gguf', sizeBytes: 2_490_000_000 },
  ),
  notes: ['Repository, file and size are not in the reference catalogue; they are our choice, the size rounded.'],
});
