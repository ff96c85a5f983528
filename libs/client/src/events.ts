/** One server-sent event as it came. */
export interface ReceivedEvent<D> {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: D;
}

/** Reads server-sent events off an answer until it ends; the answer is let go when the reader stops. */
export async function* readEvents<D>(answer: Response): AsyncGenerator<ReceivedEvent<D>> {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const frames = (rest + value).split('\n\n');
      rest = frames.pop()!;
      for (const frame of frames) {
        const event = eventOf<D>(frame);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Comments keep the line open and carry nothing. */
function eventOf<D>(frame: string): ReceivedEvent<D> | undefined {
  const lines = frame.split('\n').filter((line) => !line.startsWith(':'));
  const field = (name: string): string | undefined => {
    const found = lines
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trimStart());
    return found.length === 0 ? undefined : found.join('\n');
  };
  const data = field('data');
  return data === undefined ? undefined : { id: field('id'), event: field('event'), data: JSON.parse(data) as D };
}
