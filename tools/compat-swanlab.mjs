/**
 * `npm run compat:swanlab [-- <python>]`: makes a log folder with the real SwanLab client, asks the real dashboard about it, imports it
 * here and compares field by field. Needs a Python with `swanlab[dashboard] numpy pillow soundfile`; without one the committed recording
 * of test/compat/swanlab/recorded stands for it, in `npx vitest run --project compat test/compat/swanlab`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, run } from './run.mjs';

const python = process.argv[2] ?? process.env.SWANLAB_PYTHON ?? 'python3';
const folder = await mkdtemp(join(tmpdir(), 'millrace-swanlab-'));
try {
  const recorded = spawn(python, [join(root, 'test/compat/swanlab/record.py'), folder], { stdio: 'inherit' });
  const code = await new Promise((resolve) => recorded.once('close', resolve));
  if (code !== 0)
    throw new Error(`${python} could not record: pip install "swanlab[dashboard]" numpy pillow soundfile`);
  process.env.SWANLAB_RECORDED = folder;
  await run('node_modules/vitest/vitest.mjs', ['run', '--project', 'compat', 'test/compat/swanlab/recorded']);
} finally {
  await rm(folder, { recursive: true, force: true });
}
