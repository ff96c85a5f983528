import type { ChatTurn, Fields, ParamsOf } from '#contract';

import type { ComponentBase } from './component.js';

/** What a generative task takes or gives on one side, by the data types of process data. */
export interface GenerativeSide {
  readonly types: readonly ('str' | 'Image')[];
  readonly cardinality: number | 'n';
}

/** What a generative session may ask for. With `useHistory` the finished turns of a session go along with the next one. */
export interface GenerativeTask extends ComponentBase {
  readonly kind: 'generative-task';
  readonly inputs: GenerativeSide;
  readonly outputs: GenerativeSide;
  readonly useHistory: boolean;
}

/** Where a model's weights come from: a repository of the model hub and a pattern (`*`) that picks one file of it. */
export interface Weights {
  readonly repository: string;
  readonly file: string;
  /** What a person is told before the download; the true size comes with the file. */
  readonly sizeBytes: number;
}

/** How the next words are chosen. */
export interface Sampling {
  readonly maxTokens: number;
  /** 0 always takes the most likely word. */
  readonly temperature: number;
  readonly frequencyPenalty: number;
  /** Tokens of prompt, history and answer together. */
  readonly contextTokens: number;
}

/** A language model that answers texts; its weights are brought by the component's download. */
export interface TextModel<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'text-model';
  readonly tasks: readonly string[];
  readonly weights: Weights;
  sampling(params: ParamsOf<P>): Sampling;
}

/** One turn to generate. The same request gives the same text. */
export interface TextRequest {
  /** The component, for messages. */
  readonly name: string;
  /** A local GGUF file. */
  readonly weightsPath: string;
  readonly history: readonly ChatTurn[];
  readonly prompt: string;
  readonly sampling: Sampling;
  readonly seed: number;
}

/** A generated text; `length` says that it was cut at the most tokens allowed. */
export interface TextAnswer {
  readonly text: string;
  readonly tokens: number;
  readonly stop: 'end' | 'length';
}

/** The door to whatever runs language models; implemented by the worker. */
export interface TextEngine {
  /**
   * Generates one answer; `onText` is told each new piece.
   * @throws AppError `prompt-too-long`, `weights-unusable`; the signal's reason once it is aborted.
   */
  generate(request: TextRequest, onText: (piece: string) => void, signal: AbortSignal): Promise<TextAnswer>;
}

/** Declares a generative task. */
export function defineGenerativeTask(definition: Omit<GenerativeTask, 'kind' | 'params'>): GenerativeTask {
  return { kind: 'generative-task', params: {}, ...definition };
}

/** Declares a language model. */
export function defineTextModel<const P extends Fields>(definition: Omit<TextModel<P>, 'kind'>): TextModel {
  return { kind: 'text-model', ...definition } as unknown as TextModel;
}
