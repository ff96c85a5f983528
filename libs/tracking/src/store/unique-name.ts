import { AppError } from '#contract';

/** Runs a write of a row whose name is unique. @throws AppError `tracked-name-exists`. */
export async function withUniqueName<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === '23505' ? new AppError('tracked-name-exists', { name: name ?? '' }) : error;
  }
}
