import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
/** As the system itself would make them, for other programs of ours read them. */
const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/**
 * Makes a file, or a folder and all that lies in it, this process's own. Its maker may still run: a folder is closed to it before what it
 * holds is looked at, and everything is opened without following links.
 * @throws Error for links, files of two names, pipes and devices.
 */
export async function takeOver(path: string): Promise<void> {
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  let folder: boolean;
  try {
    const about = await handle.stat();
    folder = about.isDirectory();
    if (!folder && !(about.isFile() && about.nlink === 1)) throw new Error('neither a plain file nor a folder');
    if (process.getuid && process.getgid) await handle.chown(process.getuid(), process.getgid());
    await handle.chmod(folder ? FOLDER_MODE : FILE_MODE);
  } finally {
    await handle.close();
  }
  if (folder) for (const name of await readdir(path)) await takeOver(join(path, name));
}
