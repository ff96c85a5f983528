/**
 * From a fresh clone to running in one command, with nothing installed yet:
 *   node tools/bootstrap.mjs start          install, build, run Millrace
 *   node tools/bootstrap.mjs test [filter]  install, build, run the tests
 *   node tools/bootstrap.mjs build          install, build
 * What is fresh is left alone. Old versions of Node must be able to parse this file, or they could not be told.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    'Millrace needs Node 20.19 or newer; this is Node ' + process.versions.node + '. See https://nodejs.org',
  );
  process.exit(1);
}

const programs = {
  // In this very process: signals and the exit code need no passing on.
  start: () => import('../dist/apps/standalone/src/main.js'),
  test: () =>
    import('./run.mjs').then(({ run }) => run('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(3)])),
  build: () => Promise.resolve(),
};

const program = programs[process.argv[2]];
if (!program) {
  console.error('usage: node tools/bootstrap.mjs start | test [filter] | build');
  process.exit(2);
}
// npm passes a SIGTERM on to the shell between us, which dies of it and tells nobody: without a parent we end as well.
const parent = process.ppid;
const watch = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM') && clearInterval(watching);
const watching = process.env.npm_lifecycle_event && setInterval(watch, 100).unref();

import('./install.mjs')
  .then(({ ensureInstalled }) => ensureInstalled())
  .then(() => import('./build.mjs'))
  .then(({ ensureBuilt }) => ensureBuilt())
  .then(() => program === programs.start && console.error('Millrace: starting (database, API, worker) ...'))
  .then(program)
  .catch((error) => {
    console.error(error.name === 'CommandFailed' ? error.message : error);
    process.exitCode = error.exitCode || 1;
  });
