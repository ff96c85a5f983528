import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';

/**
 * Makes a table under another name beside `target` and gives it its own once it is whole; when `make` fails nothing is left.
 */
export async function draftFolder<T>(target: string, make: (folder: string) => Promise<T>): Promise<T> {
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    await mkdir(draft, { recursive: true });
    const made = await make(draft);
    await rm(target, { recursive: true, force: true });
    await rename(draft, target);
    return made;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Values a row group holds at most: wide tables get shorter groups, so that writing one stays small in memory. */
const GROUP_VALUES = 2 ** 22;
/** Rows of a group of a table of usual width: a page of the grid decodes one group (ADR 0008, bench/tables). */
const GROUP_ROWS = 61_440;
const VECTOR_ROWS = 2048;
/** Memory for the dictionaries of all text columns together, and of one. */
const DICTIONARIES_BYTES = 64 * 1024 ** 2;
const DICTIONARY_BYTES = 1024 ** 2;

/** The options every Parquet file of ours is written with. */
export function parquetOptions(columns: number): string {
  const rows = Math.min(GROUP_ROWS, Math.floor(GROUP_VALUES / Math.max(1, columns) / VECTOR_ROWS) * VECTOR_ROWS);
  const dictionary = Math.min(DICTIONARY_BYTES, Math.floor(DICTIONARIES_BYTES / Math.max(1, columns)));
  const group = `ROW_GROUP_SIZE ${Math.max(VECTOR_ROWS, rows)}, STRING_DICTIONARY_PAGE_SIZE_LIMIT ${dictionary}`;
  return `(FORMAT parquet, COMPRESSION lz4_raw, ${group})`;
}
