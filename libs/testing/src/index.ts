export { testDatabase, type TestDatabase } from './databases.js';
export { type Program, startProgram } from './program.js';
export { startMillrace, type MillraceOptions, type RunningMillrace } from './programs.js';
export { redisAvailable, testRedis, type TestRedis } from './redis.js';
export { NotingLogger } from './touched-routes.js';
