import type { FileEntry, Sink } from '../sink.js';
import { FileBuilder, type FileOptions, type FrameOptions } from './file-builder.js';

/** What files are kept in: the open sink, or an error that says how to open it. */
export interface FilesPlace {
  readonly writable: () => Sink;
  readonly open: () => Sink;
}

/** `exp.files`: called with a folder or a file it gives that; itself it is the top folder. */
export interface Files {
  (path?: string | FileOptions, options?: FileOptions): FileBuilder;
  readonly save: FileBuilder['save'];
  readonly upload: FileBuilder['upload'];
  readonly saveText: FileBuilder['saveText'];
  readonly saveJson: FileBuilder['saveJson'];
  readonly saveBlob: FileBuilder['saveBlob'];
  readonly saveFig: FileBuilder['saveFig'];
  saveVideo(frames: readonly unknown[], options: FrameOptions): Promise<FileEntry>;
  /** Files that fit a pattern, all without one. */
  list(pattern?: string): Promise<FileEntry[]>;
  /** One file, or all that fit a pattern. */
  download(path: string, options?: { readonly to?: string }): Promise<string | string[]>;
  delete(path: string): ReturnType<FileBuilder['delete']>;
  /** A collection of files across folders. */
  bindr(name: string): { list(): Promise<FileEntry[]> };
}

/** Makes it. */
export function createFiles(place: FilesPlace): Files {
  const builderOf = (path?: string | FileOptions, options: FileOptions = {}): FileBuilder =>
    new FileBuilder(place, typeof path === 'string' ? { ...options, path } : (path ?? options));
  const top = builderOf();
  return Object.assign(builderOf, {
    save: top.save.bind(top),
    upload: top.upload.bind(top),
    saveText: top.saveText.bind(top),
    saveJson: top.saveJson.bind(top),
    saveBlob: top.saveBlob.bind(top),
    saveFig: top.saveFig.bind(top),
    saveVideo: top.saveVideo.bind(top),
    list: (pattern?: string) => top.list(pattern),
    download: (path: string, options = {}) => builderOf(path).downloadAll(options),
    delete: (path: string) => builderOf(path).delete(),
    bindr: (name: string) => ({ list: () => builderOf({ bindrs: [name] }).list() }),
  });
}
