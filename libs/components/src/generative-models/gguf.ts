import { choice, float, int, type LocalText, type ParamsOf } from '#contract';

import type { Sampling, Weights } from '../kit/generative.js';
import { type Pairs, textsOf, type TextsFor } from '../kit/texts.js';

/** The parameters every GGUF model shares. Processors are all there is: the engine is installed without any GPU library. */
const params = {
  max_tokens: int({ default: 100, min: 1 }),
  temperature: float({ default: 0.7, min: 0, max: 1 }),
  frequency_penalty: float({ default: 0.1, min: 0, max: 2 }),
  context_window: int({ default: 512, min: 1, max: 131_072 }),
  device: choice({ default: 'CPU', options: ['CPU'] }),
};

const paramTexts: Readonly<Record<keyof typeof params, Pairs>> = {
  max_tokens: {
    en: ['Max tokens', 'The answer is cut after this many tokens; a word is one or a few of them.'],
    es: ['Máximo de tokens', 'La respuesta se corta tras esta cantidad de tokens; una palabra son uno o varios.'],
    pt: ['Máximo de tokens', 'A resposta é cortada após este número de tokens; uma palavra são um ou alguns.'],
    de: ['Höchstzahl Token', 'Nach so vielen Token bricht die Antwort ab; ein Wort sind eines oder einige davon.'],
    zh: ['最大词元数', '回答在达到该词元数后截断；一个词由一个或几个词元组成。'],
  },
  temperature: {
    en: ['Temperature', 'Zero always takes the likeliest word; larger values vary more.'],
    es: ['Temperatura', 'Cero toma siempre la palabra más probable; valores mayores varían más.'],
    pt: ['Temperatura', 'Zero escolhe sempre a palavra mais provável; valores maiores variam mais.'],
    de: ['Temperatur', 'Null nimmt immer das wahrscheinlichste Wort; größere Werte wechseln mehr ab.'],
    zh: ['温度', '为零时总取最可能的词；数值越大变化越多。'],
  },
  frequency_penalty: {
    en: ['Frequency penalty', 'Larger values keep the answer from repeating its words.'],
    es: ['Penalización por frecuencia', 'Valores mayores evitan que la respuesta repita sus palabras.'],
    pt: ['Penalização por frequência', 'Valores maiores evitam que a resposta repita as suas palavras.'],
    de: ['Häufigkeitsstrafe', 'Größere Werte halten die Antwort davon ab, Wörter zu wiederholen.'],
    zh: ['频率惩罚', '数值越大，回答越少重复用词。'],
  },
  context_window: {
    en: ['Context window', 'Tokens of conversation and answer together; the oldest turns are dropped beyond it.'],
    es: [
      'Ventana de contexto',
      'Tokens de la conversación y la respuesta; más allá se descartan los turnos más antiguos.',
    ],
    pt: ['Janela de contexto', 'Tokens da conversa e da resposta; além disso, as mensagens mais antigas são omitidas.'],
    de: ['Kontextfenster', 'Token von Gespräch und Antwort zusammen; darüber hinaus entfallen die ältesten Beiträge.'],
    zh: ['上下文窗口', '对话与回答的词元总数；超出时丢弃最早的对话。'],
  },
  device: {
    en: ['Device', 'What computes; the installed engine uses the processors.'],
    es: ['Dispositivo', 'Lo que calcula; el motor instalado usa los procesadores.'],
    pt: ['Dispositivo', 'O que calcula; o motor instalado usa os processadores.'],
    de: ['Gerät', 'Was rechnet; die installierte Maschine nutzt die Prozessoren.'],
    zh: ['设备', '用于计算的设备；已安装的引擎使用处理器。'],
  },
};

const sampling = (given: ParamsOf<typeof params>): Sampling => ({
  maxTokens: given.max_tokens,
  temperature: given.temperature,
  frequencyPenalty: given.frequency_penalty,
  contextTokens: given.context_window,
});

/** Everything a GGUF chat model has in common with the others; its name is the same in every language. */
export function ggufModel(
  label: string,
  summary: LocalText,
  weights: Weights,
): {
  readonly tasks: readonly string[];
  readonly params: typeof params;
  readonly texts: TextsFor<keyof typeof params>;
  readonly weights: Weights;
  readonly sampling: typeof sampling;
} {
  const head: Pairs = {
    en: [label, summary.en],
    es: [label, summary.es],
    pt: [label, summary.pt],
    de: [label, summary.de],
    zh: [label, summary.zh],
  };
  return { tasks: ['TextToTextGenerationTask'], params, texts: textsOf(head, paramTexts), weights, sampling };
}
