import { stat } from 'node:fs/promises';

import { dataPath } from '../table-meta.js';

/** Names the data of the table in this folder as they are now; the name changes when they are replaced. */
export async function versionOf(folder: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(dataPath(folder));
  return JSON.stringify([folder, mtimeMs, size, ino]);
}

/** Whether what is kept under this key, a list that begins with a version, is about data that are still there. */
export async function isCurrent(key: string): Promise<boolean> {
  const [version] = JSON.parse(key) as [string];
  const [folder] = JSON.parse(version) as [string];
  return versionOf(folder).then(
    (now) => now === version,
    () => false,
  );
}
