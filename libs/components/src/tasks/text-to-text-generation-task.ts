import { defineGenerativeTask } from '../kit/generative.js';
import { textsOf } from '../kit/texts.js';

export const textToTextGenerationTask = defineGenerativeTask({
  name: 'TextToTextGenerationTask',
  inputs: { types: ['str'], cardinality: 1 },
  outputs: { types: ['str'], cardinality: 1 },
  useHistory: true,
  texts: textsOf(
    {
      en: ['Text to Text', 'Answers a text with a text and remembers the turns before.'],
      es: ['Texto a Texto', 'Responde a un texto con otro y recuerda los turnos anteriores.'],
      pt: ['Texto para Texto', 'Responde a um texto com outro e lembra-se das mensagens anteriores.'],
      de: ['Text zu Text', 'Beantwortet einen Text mit einem Text und kennt die Beiträge davor.'],
      zh: ['文本到文本', '以文本回答文本，并记住之前的对话。'],
    },
    {},
  ),
});
