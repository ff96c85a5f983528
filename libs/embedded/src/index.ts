export { EmbeddedError } from './embedded-error.js';
export { guard } from './guardian.js';
export { lockFolder, type FolderLock } from './lock.js';
export { freePort } from './port.js';
export type { PostmasterExit, Settings } from './postmaster.js';
export { startPostgres, type EmbeddedPostgres, type StartOptions } from './start-postgres.js';
