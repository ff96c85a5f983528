import type { FitContext } from '#linalg';

/** The context with the seed a person chose; without one the context's own stays, which is the same in every run. */
export function seeded(context: FitContext, randomState: number | null): FitContext {
  return randomState === null ? context : { ...context, seed: randomState };
}
