import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A text engine for tests, behind the same port as the real one: its answer says what it was given, word by word. A prompt
 * `slowly …` takes 20 ms a word and goes on until its tokens are used up; `fail` fails as an engine does that breaks.
 */
export const textEngine = {
  async generate({ weightsPath, history, prompt, sampling, seed }, onText, signal) {
    if ((await readFile(weightsPath)).toString('latin1', 0, 4) !== 'GGUF') throw new Error('not a model');
    if (prompt === 'fail') throw new Error('the engine broke');
    const turns = history.map(({ role, content }) => `${role}=${content}`).join('; ');
    const words =
      `heard ${prompt} | before: ${turns || 'nothing'} | temperature ${sampling.temperature} | seed ${seed > 0}`.split(
        ' ',
      );
    const slow = prompt.startsWith('slowly');
    let text = '';
    let tokens = 0;
    for (; tokens < sampling.maxTokens && (slow || tokens < words.length); tokens++) {
      signal.throwIfAborted();
      if (slow) await sleep(20, undefined, { signal });
      const piece = `${tokens === 0 ? '' : ' '}${words[tokens % words.length]}`;
      text += piece;
      onText(piece);
    }
    return { text, tokens, stop: tokens < words.length ? 'length' : 'end' };
  },
};
