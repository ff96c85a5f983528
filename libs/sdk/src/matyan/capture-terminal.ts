/** Hands on every line the process prints, numbered, and prints it all the same; the answer stops it. */
export function captureTerminal(onLine: (line: string, step: number) => void): () => void {
  let step = 0;
  let rest = '';
  let inside = false;
  const take = (chunk: unknown): void => {
    // What handling a line prints is no line of the training.
    if (inside) return;
    inside = true;
    const parts = (
      rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8'))
    ).split('\n');
    rest = parts.pop()!;
    for (const line of parts) onLine(line, step++);
    inside = false;
  };
  const restores = [process.stdout, process.stderr].map((stream) => {
    const before = stream.write.bind(stream);
    const patched = ((chunk: never, ...others: never[]) => {
      take(chunk);
      return before(chunk, ...others);
    }) as typeof stream.write;
    stream.write = patched;
    return () => {
      // Whoever patched it after us goes on.
      if (stream.write === patched) stream.write = before;
    };
  });
  return () => {
    for (const restore of restores) restore();
    if (rest !== '') onLine(rest, step++);
    rest = '';
  };
}
