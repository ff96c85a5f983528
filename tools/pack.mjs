/**
 * Makes `dist/packages/{client,sdk}`, ready for `npm publish`: compiled code and types of the lib and of the libs it
 * imports, a package.json whose dependencies are exactly what the code imports, README and LICENSE.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';

import ts from 'typescript';

import { root } from './run.mjs';

const house = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What is published: the lib it is made of, libs that come as packages of their own, what a user may add, and what a shell may call. */
const packages = {
  client: {
    description: 'Typed client of the whole Millrace API, for browsers and Node',
    keywords: ['millrace', 'machine-learning', 'api', 'client'],
    external: {},
    optional: [],
    doors: ['index'],
    commands: {},
  },
  sdk: {
    description: 'Track experiments from Node: Experiment, metrics, logs, files, Run and Repo, on disk or on a server',
    keywords: ['millrace', 'machine-learning', 'experiment-tracking', 'ml-dash', 'aim'],
    external: { client: '@millrace/client' },
    optional: ['sharp'],
    doors: ['index', 'auto-start'],
    commands: { 'millrace-import': 'swanlab/import-command' },
  },
};

function makePackage(name, { description, keywords, external, optional, doors, commands }) {
  const folder = join(root, 'dist', 'packages', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { libs, files } = compile(name, [...doors, ...Object.values(commands)], folder, Object.keys(external));
  const imports = importsOf(files);
  const used = (alias) => imports.has(`#${alias}`);
  const ours = libs.filter((lib) => lib !== name && used(lib));
  const strangers = [...imports].filter((specifier) => !/^[#.]|^node:/.test(specifier)).map(packageOf);
  const forbidden = strangers.filter((stranger) => builtinModules.includes(stranger));
  if (forbidden.length > 0) throw new Error(`${name}: write node:${forbidden.join(', node:')}`);
  const needed = [...new Set(strangers)].filter((stranger) => !optional.includes(stranger)).sort();
  const dependencies = {
    ...Object.fromEntries(needed.map((stranger) => [stranger, versionOf(name, stranger)])),
    ...Object.fromEntries(
      Object.entries(external)
        .filter(([lib]) => used(lib))
        .map(([, pkg]) => [pkg, house.version]),
    ),
  };
  const manifest = {
    name: `@millrace/${name}`,
    version: house.version,
    description,
    keywords,
    license: house.license,
    type: 'module',
    // Importing a door beside the first is done for what it does.
    sideEffects: [...doors.slice(1), ...Object.values(commands)].map((door) => `./${name}/${door}.js`),
    engines: house.engines,
    exports: {
      ...Object.fromEntries(doors.map((door) => [door === 'index' ? '.' : `./${door}`, exportOf(name, door)])),
      './package.json': './package.json',
    },
    imports: {
      ...Object.fromEntries(ours.map((lib) => [`#${lib}`, `./${lib}/index.js`])),
      ...Object.fromEntries(
        Object.entries(external)
          .filter(([lib]) => used(lib))
          .map(([lib, pkg]) => [`#${lib}`, pkg]),
      ),
    },
    ...(Object.keys(commands).length === 0
      ? {}
      : {
          bin: Object.fromEntries(Object.entries(commands).map(([command, door]) => [command, `./${name}/${door}.js`])),
        }),
    files: [name, ...ours],
    dependencies,
    ...(optional.length === 0
      ? {}
      : {
          peerDependencies: Object.fromEntries(optional.map((peer) => [peer, versionOf(name, peer)])),
          peerDependenciesMeta: Object.fromEntries(optional.map((peer) => [peer, { optional: true }])),
        }),
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(root, 'libs', name, 'README.md'), join(folder, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  console.log(`${relative(root, folder)}: ${files.length} files, needs ${Object.keys(dependencies).join(', ')}`);
}

/** Compiles what the door of a lib reaches, `libs/x/src/y.ts` to `x/y.js`; libs of other packages are left out. */
function compile(name, doors, folder, left) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const entries = doors.map((door) => join(root, 'libs', name, 'src', `${door}.ts`));
  const program = ts.createProgram(entries, {
    ...options,
    noEmit: false,
    declaration: true,
    sourceMap: false,
    incremental: false,
    tsBuildInfoFile: undefined,
    rootDir: join(root, 'libs'),
    outDir: folder,
  });
  const broken = ts.getPreEmitDiagnostics(program);
  if (broken.length > 0) throw new Error(ts.formatDiagnostics(broken, ts.createCompilerHost(options)));
  const byLib = new Map();
  program.emit(undefined, (path, text) => {
    const [lib, src, ...rest] = relative(folder, path).split(sep);
    if (src !== 'src') throw new Error(`${path} is no file of a lib`);
    byLib.set(lib, [...(byLib.get(lib) ?? []), { target: join(folder, lib, ...rest), text }]);
  });
  const libs = reached(name, byLib, left);
  const files = libs.flatMap((lib) => byLib.get(lib));
  for (const { target, text } of files) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return { libs, files };
}

/** The libs a lib imports, and those they import; what comes as a package of its own brings its own. */
function reached(name, byLib, left) {
  const found = [name];
  for (const lib of found)
    for (const specifier of importsOf(byLib.get(lib))) {
      const next = specifier.startsWith('#') ? specifier.slice(1) : undefined;
      if (next !== undefined && !left.includes(next) && !found.includes(next)) found.push(next);
    }
  return found;
}

/** Every specifier the code and its types name. */
function importsOf(files) {
  return new Set(
    files.flatMap(({ text }) => ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)),
  );
}

const exportOf = (name, door) => ({ types: `./${name}/${door}.d.ts`, default: `./${name}/${door}.js` });

const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

function versionOf(name, dependency) {
  const version = house.dependencies[dependency];
  if (version === undefined) throw new Error(`${name} imports ${dependency}, which is no dependency of ours`);
  return version;
}

for (const [name, about] of Object.entries(packages)) makePackage(name, about);
