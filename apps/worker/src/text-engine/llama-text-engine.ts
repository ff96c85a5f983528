import { stat } from 'node:fs/promises';

import type { TextAnswer, TextEngine, TextRequest } from '#components';
import { AppError } from '#contract';

/** What we use of node-llama-cpp, which is no dependency of ours: downloads install it. */
export interface LlamaModule {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChatSession: new (options: object) => ChatSession;
  readonly LlamaLogLevel: { readonly disabled: string };
}
interface Disposable {
  dispose(): Promise<void>;
}
interface Llama extends Disposable {
  loadModel(options: object): Promise<Model>;
}
interface Model extends Disposable {
  tokenize(text: string): readonly number[];
  createContext(options: object): Promise<Disposable & { getSequence(): object }>;
}
interface ChatSession {
  setChatHistory(history: readonly object[]): void;
  promptWithMeta(prompt: string, options: object): Promise<{ responseText: string; stopReason: string }>;
}

/** Room for the marks a chat template puts around a prompt, and for a first word of the answer. */
const TEMPLATE_TOKENS = 32;

/**
 * Runs GGUF models through llama.cpp on the processors. A model is loaded for one answer and let go, so that the memory belongs to
 * whatever runs next; its file stays in the system's cache.
 */
export function llamaTextEngine(
  library: LlamaModule,
  { threads, memoryBytes }: { readonly threads: number; readonly memoryBytes: number },
): TextEngine {
  return {
    async generate(request, onText, signal) {
      // The file is mapped and counts as memory of the child, which would be killed in the middle.
      if ((await stat(request.weightsPath)).size > memoryBytes) throw new AppError('out-of-memory');
      const llama = await started(library, threads);
      try {
        const model = await loaded(llama, request, signal);
        try {
          return await answered(library, model, { request, onText, signal, threads });
        } finally {
          await model.dispose();
        }
      } finally {
        await llama.dispose();
      }
    },
  };
}

/** Before its first use the library tries its binary in a process of its own, which children with least rights may not start. */
async function started(library: LlamaModule, threads: number): Promise<Llama> {
  try {
    return await library.getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: threads,
      logLevel: library.LlamaLogLevel.disabled,
    });
  } catch (error) {
    throw new AppError('engine-failed', { reason: error instanceof Error ? error.message : String(error) });
  }
}

async function loaded(llama: Llama, { name, weightsPath }: TextRequest, signal: AbortSignal): Promise<Model> {
  try {
    return await llama.loadModel({ modelPath: weightsPath, gpuLayers: 0, loadSignal: signal });
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message.replaceAll(weightsPath, `${name}.gguf`) : String(error);
    throw new AppError('weights-unusable', { name, reason: reason.slice(0, 300) }, { cause: error });
  }
}

interface Turn {
  readonly request: TextRequest;
  readonly onText: (piece: string) => void;
  readonly signal: AbortSignal;
  readonly threads: number;
}

async function answered(library: LlamaModule, model: Model, turn: Turn): Promise<TextAnswer> {
  const { request, onText, signal, threads } = turn;
  const { prompt, history, sampling, seed } = request;
  const limit = sampling.contextTokens;
  const tokens = model.tokenize(prompt).length;
  if (tokens + TEMPLATE_TOKENS > limit) throw new AppError('prompt-too-long', { tokens, limit });
  const context = await model.createContext({ contextSize: limit, sequences: 1, threads, createSignal: signal });
  try {
    const session = new library.LlamaChatSession({ contextSequence: context.getSequence(), systemPrompt: '' });
    session.setChatHistory(
      history.map(({ role, content }) =>
        role === 'user' ? { type: 'user', text: content } : { type: 'model', response: [content] },
      ),
    );
    let made = 0;
    const { responseText, stopReason } = await session.promptWithMeta(prompt, {
      maxTokens: sampling.maxTokens,
      temperature: sampling.temperature,
      seed,
      repeatPenalty: { frequencyPenalty: sampling.frequencyPenalty },
      signal,
      onToken: (given: readonly number[]) => (made += given.length),
      onTextChunk: onText,
    });
    return { text: responseText, tokens: made, stop: stopReason === 'maxTokens' ? 'length' : 'end' };
  } catch (error) {
    signal.throwIfAborted();
    // The library's own word for a conversation that does not fit even without its oldest turns.
    if (error instanceof Error && /context (size|shift)|compress/i.test(error.message))
      throw new AppError('prompt-too-long', { tokens, limit }, { cause: error });
    throw error;
  } finally {
    await context.dispose();
  }
}
