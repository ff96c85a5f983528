import { z } from 'zod';

import { AppError, PredictionPolicy, type Records, refusalText, type UploadedFile } from '#contract';

import type { Ports } from '../ports.js';

const Rows = z.array(z.record(z.string(), z.unknown())).min(1).max(10_000);
/** A cell is a value: larger files are data sets. */
const CELL_BYTES = 4 * 1024 ** 2;
const ALL_CELLS_BYTES = 16 * 1024 ** 2;

/** Rows typed by hand, from JSON text. @throws AppError `manual-input-invalid` {reason}. */
export function parseRows(text: string): Records {
  const given = parseJson(text);
  const rows = Rows.safeParse(given);
  if (!rows.success) throw new AppError('manual-input-invalid', { reason: refusalText(Rows, given) });
  return rows.data;
}

const Policy = z.object({ policy: PredictionPolicy });

/** A policy from JSON text; nothing gives the usual one. @throws AppError `manual-input-invalid` {reason}. */
export function parsePolicy(text: string | undefined): PredictionPolicy {
  const given = { policy: text === undefined || text === '' ? {} : parseJson(text) };
  const parsed = Policy.safeParse(given);
  if (parsed.success) return parsed.data.policy;
  throw new AppError('manual-input-invalid', { reason: refusalText(Policy, given) });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('manual-input-invalid', { reason: 'JSON' });
  }
}

/**
 * The rows with files in their cells: a file part named `file_<row>_<column>` takes the place of the cell that holds this very name.
 * Text goes in as it is, without the line end of its last line; anything else as a data URI. The files stay in storage.
 * @throws AppError `manual-input-invalid` for a file that no cell names or that is too large for one.
 */
export async function fillCells(
  { storage }: Pick<Ports, 'storage'>,
  rows: Records,
  files: readonly UploadedFile[],
): Promise<Records> {
  if (files.length === 0) return rows;
  const filled = rows.map((row) => ({ ...row }));
  let left = ALL_CELLS_BYTES;
  for (const { field, key, sizeBytes } of files) {
    const [, number, column] = /^file_(\d{1,6})_(.+)$/s.exec(field) ?? [];
    const row = number === undefined ? undefined : filled[Number(number)];
    if (row === undefined || column === undefined || !Object.hasOwn(row, column) || row[column] !== field)
      throw new AppError('manual-input-invalid', { reason: field });
    left -= sizeBytes;
    if (sizeBytes > CELL_BYTES || left < 0)
      throw new AppError('manual-input-invalid', { reason: `${field}: ${sizeBytes} B` });
    const chunks: Buffer[] = [];
    for await (const chunk of await storage.read(key)) chunks.push(chunk as Buffer);
    row[column] = cellOf(Buffer.concat(chunks));
  }
  return filled;
}

function cellOf(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text.replace(/\r?\n$/, '');
  } catch {
    // Not text.
  }
  return `data:${mediaType(bytes)};base64,${bytes.toString('base64')}`;
}

const SIGNATURES: readonly (readonly [type: string, hex: string])[] = [
  ['image/png', '89504e470d0a1a0a'],
  ['image/jpeg', 'ffd8ff'],
  ['image/gif', '47494638'],
  ['image/bmp', '424d'],
];

const mediaType = (bytes: Buffer): string =>
  SIGNATURES.find(([, hex]) => bytes.subarray(0, hex.length / 2).toString('hex') === hex)?.[0] ??
  'application/octet-stream';
