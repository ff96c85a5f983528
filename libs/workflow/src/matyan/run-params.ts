import type { TrackedRun } from '#tracking';

/** What the client calls what a machine is, beside what a person chose. */
const SYSTEM = '__system_params';

/** A run's parameter tree as this client reads it; the machine's part only when asked for. */
export function runParams(
  { params, system }: TrackedRun,
  { skipSystem }: { skipSystem: boolean },
): Record<string, unknown> {
  const { [SYSTEM]: own, ...chosen } = params;
  if (skipSystem) return chosen;
  const machine = own ?? (Object.keys(system).length > 0 ? system : undefined);
  return machine === undefined ? chosen : { ...chosen, [SYSTEM]: machine };
}
