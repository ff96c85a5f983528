import { afterEach, expect, it, vi } from 'vitest';

import { hasPrograms } from './programs.js';

afterEach(() => void vi.unstubAllEnvs());

it('a test that lacks a program is left out loudly, and never in CI', () => {
  vi.stubEnv('CI', '');
  vi.stubEnv('MILLRACE_NO_SKIPS', '');
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect([hasPrograms('node'), hasPrograms(process.execPath)]).toEqual([true, true]);
  expect(said).not.toHaveBeenCalled();
  expect(hasPrograms('node', 'no-such-program')).toBe(false);
  expect(said).toHaveBeenCalledWith(expect.stringContaining('lacks no-such-program: the tests'));
  for (const setting of ['CI', 'MILLRACE_NO_SKIPS']) {
    vi.stubEnv(setting, 'on');
    expect(() => hasPrograms('no-such-program')).toThrow('install it');
    vi.stubEnv(setting, '');
  }
});
