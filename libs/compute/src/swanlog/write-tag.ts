import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { SwanlogObject, SwanlogTag } from '#contract';

import { isReadable, linesOf, type LogEntry, numberOf, parseEntry } from './read-lines.js';
import type { SwanDatabase } from './swan-database.js';
import type { RunFolder } from './write-run.js';

const KINDS = ['image', 'audio', 'text'] as const;
const MAX_ITEMS = 1000;

/** Writes a tag's entries, one a line: `step, value, milliseconds` of numbers, objects as JSON. Undefined when there is nothing to read. */
export async function writeTag(
  tag: SwanDatabase['tags'][number],
  run: string,
  at: RunFolder,
): Promise<SwanlogTag | undefined> {
  const directory = `${run}: ${tag.name}`;
  const logs = logsOf(tag.folder, at.files).map((stored) => join(at.folder, stored));
  if (logs.length === 0) {
    at.skip({ directory, code: 'tag-without-data' });
    return undefined;
  }
  const kind = KINDS.find((name) => name === tag.type) ?? 'number';
  const asLine = kind === 'number' ? numberLine : objectLine(kind, tag.folder!, at.files);
  const target = `tag${tag.id}`;
  let [count, wrong] = [0, 0];
  async function* entries(): AsyncGenerator<string> {
    for (const log of logs) {
      if (!(await isReadable(log))) {
        wrong++;
        continue;
      }
      for await (const line of linesOf(log)) {
        at.tick();
        if (line.trim() === '') continue;
        const entry = parseEntry(line);
        const written = entry && asLine(entry);
        if (written === undefined) wrong++;
        else {
          count++;
          yield `${written}\n`;
        }
      }
    }
  }
  await pipeline(Readable.from(entries()), createWriteStream(join(at.folder, target)));
  if (wrong > 0) at.skip({ directory, code: 'entries-unreadable', count: wrong });
  return { name: tag.name, kind, file: target, count };
}

/** Slices in their order: `1000.log` before `10000.log`. */
function logsOf(folder: string | null, files: ReadonlyMap<string, string>): string[] {
  if (folder === null) return [];
  const prefix = `logs/${folder}/`;
  return [...files]
    .filter(([name]) => name.startsWith(prefix))
    .sort(([a], [b]) => parseInt(a.slice(prefix.length), 10) - parseInt(b.slice(prefix.length), 10))
    .map(([, stored]) => stored);
}

function numberLine({ index, data, ms }: LogEntry): string | undefined {
  const value = numberOf(data);
  return value === undefined ? undefined : `${index}\t${value}\t${ms}`;
}

/** Items of one step: names of files, or texts. A file whose bytes are not there is kept by its name alone. */
const objectLine =
  (kind: 'image' | 'audio' | 'text', folder: string, files: ReadonlyMap<string, string>) =>
  ({ index, data, ms, more }: LogEntry): string | undefined => {
    const items = (Array.isArray(data) ? data : [data]).slice(0, MAX_ITEMS) as unknown[];
    // A number JSON does not have is marked with a character no text of a log may hold.
    const texts = items.every((item): item is string => typeof item === 'string' && !item.includes('\0'));
    if (items.length === 0 || !texts) return undefined;
    const captions = (Array.isArray(more) ? more : [more]) as unknown[];
    const objects = items.map((item, place): SwanlogObject => {
      const caption = captionOf(captions[place]);
      const common = { step: index, index: place, ms, ...(caption === undefined ? {} : { caption }) };
      if (kind === 'text') return { ...common, text: item };
      const file = files.get(`media/${folder}/${item}`) ?? files.get(`media/${kind}/${item}`);
      return { ...common, filename: item, ...(file === undefined ? {} : { file }) };
    });
    return JSON.stringify(objects);
  };

function captionOf(more: unknown): string | undefined {
  if (typeof more !== 'object' || more === null || !('caption' in more)) return undefined;
  return typeof more.caption === 'string' ? more.caption : undefined;
}
