import type { z } from 'zod';

/** One thing wrong with the input, as FastAPI's clients read it. */
export interface InputIssue {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
}

/** What a person sent does not fit the route; answered 422 with every issue. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  constructor(readonly issues: readonly InputIssue[]) {
    super(`${issues.length} issues`);
  }
}

/** Zod's issues below `part` (`query`, `path` or `body`) in FastAPI's shape. */
export function inputIssues(part: string, error: z.ZodError, given: unknown): InputIssue[] {
  return error.issues.map((issue) => {
    const loc = issue.path.filter((step) => typeof step !== 'symbol');
    const input = loc.reduce<unknown>(stepInto, given);
    return { type: issueType(issue, input), loc: [part, ...loc], msg: issue.message, input: brief(input) };
  });
}

function issueType(issue: z.core.$ZodIssue, input: unknown): string {
  if (input === undefined) return 'missing';
  if (issue.code === 'invalid_type') return `${issue.expected}_type`;
  return issue.code;
}

function stepInto(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

/** Large inputs are not sent back. */
function brief(input: unknown): unknown {
  if (typeof input === 'string') return input.length > 200 ? `${input.slice(0, 200)}…` : input;
  return typeof input === 'object' && input !== null ? null : (input ?? null);
}
