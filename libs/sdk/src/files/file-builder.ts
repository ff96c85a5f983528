import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { segmentsOf } from '../local/safe-name.js';
import type { FileAbout, FileEntry, Sink } from '../sink.js';
import { alsoSnake } from '../snake.js';
import { fitsGlob, isGlob } from '../values/glob.js';
import { writeJson } from '../values/numbers-json.js';
import { plainOf, plainRecord } from '../values/plain.js';
import { contentTypeOf } from './bytes.js';
import { figureBytes } from './figure.js';
import type { FilesPlace } from './files.js';
import { encodeFrames } from './video.js';

/** Which files are meant, and what is said of them. */
export interface FileOptions {
  /** A folder to save into or list, or a file to read. */
  readonly path?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly bindrs?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly fileId?: string;
  readonly file_id?: string;
  readonly destPath?: string;
  readonly dest_path?: string;
}
/** What a saved file is called, beside what is said of it; folders may stand before the name. */
export interface SaveOptions extends Omit<FileOptions, 'path'> {
  readonly to?: string;
}
/** How frames become a video. */
export interface FrameOptions extends SaveOptions {
  readonly to: string;
  readonly fps?: number;
  /** Of webp, 1 to 100. */
  readonly quality?: number;
}
type Gone = Awaited<ReturnType<Sink['removeFile']>>;

/** Files of an experiment: a folder of them, one of them, or those with a tag. */
export class FileBuilder {
  constructor(
    private readonly place: FilesPlace,
    private readonly options: FileOptions,
  ) {}

  /** Keeps a file of this disk by its path, bytes, or anything that has a JSON form; the last two need `to`. */
  save(content: unknown, options: SaveOptions = {}): Promise<FileEntry> {
    if (typeof content === 'string') return this.keep(content, options.to ?? basename(content), options);
    if (content instanceof Blob || content instanceof Uint8Array) return this.saveBlob(content, options);
    return this.saveJson(content, options);
  }

  /** Keeps a file of this disk. */
  upload(localPath: string, options: SaveOptions = {}): Promise<FileEntry> {
    return this.save(localPath, options);
  }

  saveText(text: string, to: string | SaveOptions): Promise<FileEntry> {
    return this.keepBytes(new TextEncoder().encode(text), to);
  }

  saveJson(content: unknown, to: string | SaveOptions): Promise<FileEntry> {
    const plain = plainOf(content);
    if (plain === undefined) return handled(Promise.reject(new TypeError('There is no JSON for this value')));
    return this.saveText(writeJson(plain), to);
  }

  saveBlob(content: Uint8Array | Blob, to: string | SaveOptions): Promise<FileEntry> {
    return handled(
      (async () =>
        this.keepBytes(content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content, to))(),
    );
  }

  /** Keeps a figure: Plotly's JSON, anything with `toJSON`, SVG text, or the bytes of a picture. */
  saveFig(figure: unknown, to: string | SaveOptions): Promise<FileEntry> {
    return this.keepBytes(() => figureBytes(figure), to);
  }

  /** Encodes frames as an animation, `.webp` or `.gif`; needs the package `sharp`. */
  saveVideo(frames: readonly unknown[], options: FrameOptions): Promise<FileEntry> {
    return handled((async () => this.keepBytes(await encodeFrames(frames, options), options))());
  }

  /** Those in this folder with one of these tags and bindrs; a pattern is held against names and whole paths. */
  async list(pattern?: string): Promise<FileEntry[]> {
    const { path, tags = [], bindrs = [] } = this.options;
    const folder = path === undefined ? '/' : folderPath(path);
    const shares = (wanted: readonly string[], has: readonly string[]): boolean =>
      wanted.length === 0 || wanted.some((one) => has.includes(one));
    const bare = pattern?.replace(/^\/+/, '');
    return (await this.place.open().files()).filter((file) => {
      const inside = folder === '/' || file.path === folder || file.path.startsWith(`${folder}/`);
      const fits = bare === undefined || fitsGlob(file.filename, bare) || fitsGlob(fullPath(file), bare);
      return inside && fits && shares(tags, file.tags) && shares(bindrs, file.bindrs);
    });
  }

  /** Copies one file out, checks its bytes and answers where it is. The destination is its own name when none is given. */
  async download(destination: string | { readonly to?: string } = {}): Promise<string> {
    const given = typeof destination === 'string' ? destination : destination.to;
    const file = await this.one();
    const { destPath, dest_path } = this.options;
    // A name that came from somewhere else is a name, never a path.
    const to = given ?? destPath ?? dest_path ?? segmentsOf(file.filename).at(-1)!;
    await mkdir(dirname(to), { recursive: true });
    await this.place.open().fetchFile(file, to);
    return to;
  }

  /** Copies out every file that fits a pattern, into a folder under their own names; a plain path is one file. */
  async downloadAll({ pattern, to }: { readonly pattern?: string; readonly to?: string } = {}): Promise<
    string | string[]
  > {
    const { path } = this.options;
    const wanted = pattern ?? (path !== undefined && isGlob(path) ? path : undefined);
    if (wanted === undefined) return this.download(to === undefined ? {} : { to });
    const places: string[] = [];
    for (const file of await this.matching(wanted)) {
      const place = join(to ?? '.', segmentsOf(file.filename).at(-1)!);
      await mkdir(dirname(place), { recursive: true });
      await this.place.open().fetchFile(file, place);
      places.push(place);
    }
    return places;
  }

  /** Changes what is said of a file. */
  async update(): Promise<FileEntry> {
    const sink = this.place.writable();
    return sink.changeFile(await this.one(), aboutOf(this.options));
  }

  /** Deletes a file softly, or every file that fits a pattern. */
  async delete(pattern?: string): Promise<Gone | Gone[]> {
    const sink = this.place.writable();
    const { path } = this.options;
    const wanted = pattern ?? (path !== undefined && isGlob(path) ? path : undefined);
    if (wanted === undefined) return sink.removeFile(await this.one());
    const gone: Gone[] = [];
    for (const file of await this.matching(wanted)) gone.push(await sink.removeFile(file));
    return gone;
  }

  /** Keeps the bytes of a file under another name as well. */
  async duplicate(source: string | Pick<FileEntry, 'id'>, to: string): Promise<FileEntry> {
    const id = typeof source === 'string' ? source : source.id;
    const copy = new FileBuilder(this.place, { fileId: id });
    return inScratch(async (folder) => this.keep(await copy.download(join(folder, 'copy')), to, {}));
  }

  /** Whether there is such a file. */
  async exists(): Promise<boolean> {
    return (await this.find()) !== undefined;
  }

  readText(encoding: BufferEncoding = 'utf8'): Promise<string> {
    return inScratch(async (folder) => readFile(await this.download(join(folder, 'text')), encoding));
  }

  declare readonly save_text: FileBuilder['saveText'];
  declare readonly save_json: FileBuilder['saveJson'];
  declare readonly save_blob: FileBuilder['saveBlob'];
  declare readonly save_fig: FileBuilder['saveFig'];
  declare readonly save_video: FileBuilder['saveVideo'];
  declare readonly read_text: FileBuilder['readText'];

  private async matching(pattern: string): Promise<FileEntry[]> {
    const whole = this.options.path === pattern ? new FileBuilder(this.place, { ...this.options, path: '/' }) : this;
    const files = await whole.list(pattern);
    if (files.length === 0) throw new Error(`No file fits ${pattern}`);
    return files;
  }

  private async one(): Promise<FileEntry> {
    const file = await this.find();
    if (!file)
      throw new Error(`There is no file ${this.options.fileId ?? this.options.file_id ?? this.options.path ?? ''}`);
    return file;
  }

  private async find(): Promise<FileEntry | undefined> {
    const { fileId, file_id, path } = this.options;
    const id = fileId ?? file_id;
    if (id === undefined && path === undefined)
      throw new Error('Which file? Say exp.files("models/model.pt") or fileId');
    const files = await this.place.open().files();
    if (id !== undefined) return files.find((file) => file.id === id);
    const wanted = segmentsOf(path!).join('/');
    return files.find((file) => fullPath(file) === wanted);
  }

  private keepBytes(bytes: Uint8Array | (() => Uint8Array), to: string | SaveOptions): Promise<FileEntry> {
    const options = typeof to === 'string' ? { to } : to;
    return handled(
      inScratch(async (folder) => {
        const { to: name } = named(options);
        const source = join(folder, 'bytes');
        await writeFile(source, typeof bytes === 'function' ? bytes() : bytes);
        return this.keep(source, name, options);
      }),
    );
  }

  /** The file is kept as it is now, whatever becomes of the original. */
  private keep(source: string, to: string, options: SaveOptions): Promise<FileEntry> {
    return handled(
      (async () => {
        const sink = this.place.writable();
        const inside = segmentsOf(this.options.path ?? '');
        const segments = [...inside, ...segmentsOf(to)];
        const filename = segments.pop();
        if (filename === undefined || segments.length < inside.length) throw new RangeError('A file needs a name');
        const path = `/${segments.join('/')}`;
        const about = aboutOf({ ...this.options, ...options });
        return sink.saveFile({ ...about, source, path, filename, contentType: contentTypeOf(filename) });
      })(),
    );
  }
}

alsoSnake(FileBuilder);

const folderPath = (path: string): string => `/${segmentsOf(path).join('/')}`;
const fullPath = ({ path, filename }: FileEntry): string => [...segmentsOf(path), filename].join('/');

function aboutOf({ description, tags, bindrs, metadata }: FileOptions): FileAbout {
  return {
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(bindrs === undefined ? {} : { bindrs: [...bindrs] }),
    ...(metadata === undefined ? {} : { metadata: plainRecord(metadata) }),
  };
}

function named(options: SaveOptions): SaveOptions & { readonly to: string } {
  if (options.to === undefined || options.to === '') throw new TypeError('Say what the file is called: { to: "name" }');
  return { ...options, to: options.to };
}

/** A promise that nobody waits for must not end the training; whoever waits still learns of it. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-sdk-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
