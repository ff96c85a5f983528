/** What the scripts that run the real ML-Dash client share. */
import { spawnSync } from 'node:child_process';

/** A home of its own: no login of the person who runs this is touched, no keyring asked. */
export const homeOf = (folder) => ({
  ...process.env,
  HOME: folder,
  PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
});

/** Whether this release of the client can be called from a shell. */
export function hasCommandLine(python) {
  const find = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("ml_dash.cli") is None)';
  return spawnSync(python, ['-c', find]).status === 0;
}
