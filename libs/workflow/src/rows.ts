import type { DataSource, EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { QueryFailedError } from 'typeorm';

import type { ErrorCode, ErrorValues } from '#contract';
import { AppError } from '#contract';

/** A row's columns as the wire has them: dates as text. */
export type Wire<E> = { [K in keyof E]: E[K] extends Date ? string : E[K] extends Date | null ? string | null : E[K] };

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** ISO-8601 without a zone, in the server's local time, with microseconds: DashAI's form of a date. */
export function wireDate(date: Date): string {
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return `${day}T${time}.${pad(date.getMilliseconds(), 3)}000`;
}

/** All columns of a row, flat, with dates as text. */
export function toWire<E extends object>(row: E): Wire<E> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, value instanceof Date ? wireDate(value) : (value as unknown)]),
  ) as Wire<E>;
}

/** The row with this id. @throws AppError `missing`. */
export async function rowById<E extends ObjectLiteral & { id: number }>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  id: number,
  missing: ErrorCode,
): Promise<E> {
  const row = await manager.findOneBy(entity, { id } as FindOptionsWhere<E>);
  if (!row) throw new AppError(missing, { id });
  return row;
}

/** Which row a change is about, and the error when there is none. */
export interface RowRef<E> {
  readonly entity: EntityTarget<E>;
  readonly id: number;
  readonly missing: ErrorCode;
}

/** The row, locked until the transaction ends: `write` for a change, `read` to keep it as it is. @throws AppError `missing`. */
export async function lockedRow<E extends ObjectLiteral & { id: number }>(
  tx: EntityManager,
  { entity, id, missing }: RowRef<E>,
  mode: 'read' | 'write' = 'write',
): Promise<E> {
  const where = { id } as FindOptionsWhere<E>;
  const row = await tx.findOne(entity, { where, lock: { mode: `pessimistic_${mode}` } });
  if (!row) throw new AppError(missing, { id });
  return row;
}

/**
 * Writes the columns that `change` answers and no others: a job may move its row's status meanwhile, and saving the row as it was
 * read would take that back. @throws AppError `missing`, and then nothing happened.
 */
export async function changeRow<E extends ObjectLiteral & { id: number }>(
  db: DataSource,
  ref: RowRef<E>,
  change: (row: E, tx: EntityManager) => Partial<E> | Promise<Partial<E>>,
): Promise<E> {
  return db.transaction(async (tx) => {
    const row = await lockedRow(tx, ref);
    const columns = await change(row, tx);
    if (Object.keys(columns).length === 0) return row;
    await tx.update(ref.entity, ref.id, columns);
    return rowById(tx, ref.entity, ref.id, ref.missing);
  });
}

/** Runs a write; a second row under a unique name becomes `taken`. */
export async function orTaken<T>(write: Promise<T>, taken: ErrorCode, values: ErrorValues): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const code: unknown =
      error instanceof QueryFailedError ? (error.driverError as { code?: unknown }).code : undefined;
    throw code === '23505' ? new AppError(taken, values) : error;
  }
}

/** A name without outer blanks. @throws AppError `empty` when nothing is left. */
export function givenName(name: string, empty: ErrorCode = 'name-empty'): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new AppError(empty);
  return trimmed;
}

/** A row without these columns. */
export function without<T extends object, K extends keyof T>(row: T, ...names: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !names.includes(key as K))) as Omit<T, K>;
}
