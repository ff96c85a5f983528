import type { FileAnswer } from '#contract';
import { encodeStream, type StreamTree } from '#matyan';

/** A stream of trees as an answer. What goes wrong before the first tree is still an error of its own, with a status. */
export async function binaryAnswer(trees: AsyncGenerator<StreamTree>): Promise<FileAnswer> {
  const first = await trees.next();
  return { content: encodeStream(begun(first, trees)), filename: 'stream.bin', mediaType: 'application/octet-stream' };
}

async function* begun(first: IteratorResult<StreamTree>, rest: AsyncGenerator<StreamTree>): AsyncGenerator<StreamTree> {
  try {
    if (first.done) return;
    yield first.value;
    yield* rest;
  } finally {
    // Who leaves early ends the search, too.
    await rest.return(undefined);
  }
}
