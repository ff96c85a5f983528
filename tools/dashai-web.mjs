/**
 * The real DashAI front end, unmodified, clicked through in Chromium against a Millrace of its own:
 *   npm run compat:dashai-web -- <folder of the built front end> [--shots <folder>] [--only <story,…>] [--url <running Millrace>]
 * The folder is `DashAI/front/build` of the wheel: `pip download dashai --no-deps`, then unzip. Nothing of it is kept here.
 * `DASHAI_WEB` names it as well, for `npm run accept B.client`. One story downloads the engine for language models, from the registry
 * that npm is set to. With `--url` that Millrace needs plugins turned on, a registry with the example plugin, and weights, for all stories.
 * Ends with 1 when a story does not come to its end, or when the page met a failed request or complained.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { chromium } from 'playwright-core';

import { ensureBuilt } from './build.mjs';
import { startHouse } from './dashai-web/house.mjs';
import { record } from './dashai-web/recorder.mjs';
import { stories } from './dashai-web/stories.mjs';
import { surroundings } from './dashai-web/surroundings.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']; // prettier-ignore
const STEP_MS = 20_000;

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const first = process.argv[2];
const folder = first === undefined || first.startsWith('--') ? process.env.DASHAI_WEB : first;
if (!folder || !existsSync(join(folder, 'index.html'))) {
  console.error(
    `NOT RUN: ${folder ? `${folder} holds no index.html` : 'no folder is given, and DASHAI_WEB names none'}.\n` +
      'The real front end is not part of this repository. Fetch it and name its folder:\n' +
      '  pip download dashai --no-deps -d wheel && unzip wheel/dashai-*.whl -d wheel\n' +
      '  npm run compat:dashai-web -- wheel/DashAI/front/build',
  );
  process.exit(2);
}
const only = option('--only')?.split(',');
const unknown = only?.filter((name) => !Object.hasOwn(stories, name)) ?? [];
if (unknown.length > 0) {
  console.error(`no story ${unknown.join(', ')}; there are ${Object.keys(stories).join(', ')}`);
  process.exit(2);
}
const shots = option('--shots');
if (shots) await mkdir(shots, { recursive: true });

const given = option('--url');
const house = given ? { url: given, stop: () => undefined } : await wholeHouse();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: FLAGS,
});
const page = await browser.newPage({ viewport: { width: 1500, height: 950 }, locale: 'en-GB' });
page.setDefaultTimeout(STEP_MS);
// The guided tours lie over everything; someone who has seen them does not see them again.
await page.addInitScript(() => {
  const tours = ['home', 'datasets', 'datasetView', 'notebook', 'models', 'modelsSession', 'generative'];
  localStorage.setItem('dashai_tours_completed', JSON.stringify(Object.fromEntries(tours.map((name) => [name, true]))));
});
const { faults, begin } = record(page);
const broken = [];
const state = { url: house.url };
let done = 0;
for (const [name, story] of Object.entries(stories)) {
  if (only && !only.includes(name)) continue;
  begin(name);
  const started = Date.now();
  try {
    await story(page, state);
    done++;
    console.log(`  done  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    broken.push(name);
    console.log(`  STUCK ${name}: ${error.message.split('\n').slice(0, 6).join(' | ')}`);
  }
  if (shots) await page.screenshot({ path: join(shots, `${name.replaceAll(' ', '-')}.png`) });
}
await browser.close();
await house.stop();

for (const { story, text } of faults) console.log(`  FAULT ${story}: ${text}`);
console.log(`${done} stories done, ${broken.length} stuck, ${faults.length} faults`);
process.exitCode = broken.length + faults.length === 0 ? 0 : 1;

/** A Millrace of its own, with a registry of plugins and a model to talk to. */
async function wholeHouse() {
  await ensureBuilt();
  const around = await surroundings();
  const { url, stop } = await startHouse(resolve(folder), around.variables);
  return { url, stop: () => stop().finally(around.close) };
}
