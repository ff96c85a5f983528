/** A file to send, with the name the server is told. */
export interface FilePart {
  readonly field: string;
  /** In Node `await fs.openAsBlob(path)` reads from disk as it is sent; streams need not know their length. */
  readonly content: Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
  readonly filename: string;
}

/** How much of a body has left; `totalBytes` is null when a part is a stream. */
export interface UploadProgress {
  readonly sentBytes: number;
  readonly totalBytes: number | null;
}

type Fields = readonly (readonly [name: string, value: string])[];

/** A form as `fetch` encodes it itself: every file a `Blob`, nobody watching. */
export function formOf(fields: Fields, files: readonly FilePart[]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  for (const { field, content, filename } of files) form.append(field, content as Blob, filename);
  return form;
}

/** Whether requests may have bodies that come piece by piece: Node and some browsers. */
export function canStream(): boolean {
  let asked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      asked = true;
      return 'half';
    },
  };
  return !new Request('http://localhost', init).headers.has('content-type') && asked;
}

/** The same form encoded by hand (RFC 7578), so that streams fit in and its sending can be watched. */
export function streamedForm(
  fields: Fields,
  files: readonly FilePart[],
  onProgress?: (progress: UploadProgress) => void,
): { body: ReadableStream<Uint8Array>; type: string } {
  const boundary = `millrace-${crypto.randomUUID()}`;
  const text = new TextEncoder();
  const heads = files.map(({ field, filename, content }) => {
    const type = content instanceof Blob && content.type !== '' ? content.type : 'application/octet-stream';
    const place = `content-disposition: form-data; name="${quoted(field)}"; filename="${quoted(filename)}"`;
    return text.encode(`--${boundary}\r\n${place}\r\ncontent-type: ${type}\r\n\r\n`);
  });
  const start = text.encode(
    fields
      .map(
        ([name, value]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
      )
      .join(''),
  );
  const gap = text.encode('\r\n');
  const end = text.encode(`--${boundary}--\r\n`);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield start;
    for (const [place, { content }] of files.entries()) {
      yield heads[place]!;
      yield* chunksOf(content);
      yield gap;
    }
    yield end;
  }
  const sizes = files.map(({ content }) => (content instanceof Blob ? content.size : Number.NaN));
  const whole = [start, ...heads, end].reduce((sum, part) => sum + part.length, gap.length * files.length);
  const total = sizes.reduce((sum, size) => sum + size, whole);
  const watched = counted(pieces(), Number.isNaN(total) ? null : total, onProgress);
  return { body: readable(watched), type: `multipart/form-data; boundary=${boundary}` };
}

/** The pieces of a file, however it is given. */
export async function* chunksOf(content: FilePart['content']): AsyncGenerator<Uint8Array> {
  const source = content instanceof Blob ? content.stream() : content;
  if (Symbol.asyncIterator in source) {
    yield* source as AsyncIterable<Uint8Array>;
    return;
  }
  const reader = (source as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function* counted(
  pieces: AsyncGenerator<Uint8Array>,
  totalBytes: number | null,
  onProgress?: (progress: UploadProgress) => void,
): AsyncGenerator<Uint8Array> {
  let sentBytes = 0;
  for await (const piece of pieces) {
    yield piece;
    sentBytes += piece.length;
    onProgress?.({ sentBytes, totalBytes });
  }
}

/** Pulled piece by piece, so that a slow line slows the reading of the file. */
function readable(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

/** As browsers write names into headers of forms. */
const quoted = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
