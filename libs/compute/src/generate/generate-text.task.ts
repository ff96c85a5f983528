import { parametersFor, registry } from '#components';
import { literalProgress } from '#contract';

import type { Task, TaskHost } from '../host.js';
import { stoppable } from '../stoppable.js';

/** The text so far is told no more often; each time goes through the database. */
const EVERY_MS = 200;
/** What is told of a long text is its end. */
const SHOWN_CHARACTERS = 4000;

/** Generates the answer to a conversation and tells it while it grows. */
export const generateText: Task<'generate-text'> = async ({ model, weightsPath, history, prompt, seed }, host) => {
  host.progress(null, 'loading-model');
  const component = registry.find(model.component, 'text-model');
  const sampling = component.sampling(parametersFor(component, model.params));
  const engine = await host.textEngine();
  const request = { name: component.name, weightsPath, history, prompt, sampling, seed };
  const onText = teller(host, sampling.maxTokens);
  const answer = await stoppable(host, (signal) => engine.generate(request, onText, signal));
  return { ...answer, text: storable(answer.text) };
};

/** Pieces are about a token each, so that their number says how far it is. */
function teller(host: TaskHost, maxTokens: number): (piece: string) => void {
  let text = '';
  let pieces = 0;
  let told = -EVERY_MS;
  return (piece) => {
    host.tick(pieces, maxTokens);
    text += piece;
    pieces++;
    if (performance.now() - told < EVERY_MS) return;
    told = performance.now();
    const end = text.length > SHOWN_CHARACTERS ? `…${text.slice(-SHOWN_CHARACTERS)}` : text;
    host.progress(Math.min(1, pieces / maxTokens), literalProgress(storable(end)));
  };
}

/** A text the database takes: no NUL, no half of a pair. */
const storable = (text: string): string => text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
