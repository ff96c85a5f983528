import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

it('the page of settings names every variable there is, and no other', () => {
  const names = (file: string): string[] => [
    ...new Set(readFileSync(file, 'utf8').match(/\b(MILLRACE_[A-Z_]+|[A-Z]+_URL|WEB_ROOT)\b/g)),
  ];
  const sorted = (file: string): string[] => names(file).sort();
  expect(sorted('docs/guides/settings.md')).toEqual(sorted('libs/config/src/config.ts'));
});
