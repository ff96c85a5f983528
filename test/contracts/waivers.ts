import { expect, it } from 'vitest';

/** One demand on every component of a kind. */
export interface Check<C> {
  readonly name: string;
  run(component: C): void;
}

/** A test per check; a waived one must fail, so that a waiver that is no longer needed is an error. */
export function runChecks<C extends { readonly waive?: Readonly<Record<string, string>> }>(
  component: C,
  checks: readonly Check<C>[],
): void {
  for (const check of checks) {
    const reason = component.waive?.[check.name];
    if (reason === undefined) it(check.name, () => check.run(component));
    else it.fails(`${check.name} — waived: ${reason}`, () => check.run(component));
  }
  it('every waiver names a real check', () => {
    const known = checks.map(({ name }) => name);
    for (const name of Object.keys(component.waive ?? {})) expect(known).toContain(name);
  });
}
