import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CHROMIUM, FLAGS, hasBrowser } from '../e2e/browser.js';

import { type RunningApi, startApi } from './running-api.js';

const PAYLOADS = [
  '<script>window.hit = 1</script>',
  '<img src=x onerror="window.hit = 1">',
  '"><svg onload=window.hit=1>',
  "'-window.hit=1-'",
  '{{constructor.constructor("window.hit=1")()}}',
  'javascript:window.hit=1',
  '</title><script>window.hit = 1</script>',
  '<iframe srcdoc="<script>parent.hit=1</script>">',
  '\u202e\u2066evil\u2069.csv',
  '$t(internal) {{name}} ${7*7}',
];

let web: string;
let api: RunningApi;
let url: string;
beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'millrace-web-'));
  const app = join(import.meta.dirname, '../../apps/web');
  await build({
    root: app,
    configFile: join(app, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: web, emptyOutDir: true },
  });
  api = await startApi({ WEB_ROOT: web });
  url = `http://localhost:${api.port}`;
  for (const name of PAYLOADS) {
    await api.ports.db.query(`INSERT INTO dataset (name, status) VALUES ($1, 3)`, [name]);
    await api.ports.db.query(
      `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, enqueued_at, last_update)
       VALUES (gen_random_uuid(), 'DatasetJob', 'io', 1, '{}', $1, 1, now(), now())`,
      [name],
    );
    const error = { code: 'job-not-found', values: { id: name } };
    await api.ports.db.query(`UPDATE job SET state = 'cancelled', error = $2 WHERE name = $1`, [
      name,
      JSON.stringify(error),
    ]);
  }
});
afterAll(async () => {
  await api.stop();
  await rm(web, { recursive: true });
});

describe('what people type', () => {
  it('comes back as it was, as JSON that no browser takes for a page', async () => {
    const answer = await fetch(`${url}/api/v1/dataset/`);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const names = ((await answer.json()) as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(PAYLOADS);
  });

  it.each(PAYLOADS)('is only text in an error: %s', async (payload) => {
    const answer = await fetch(`${url}/api/v1/job/status/${encodeURIComponent(payload)}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(((await answer.json()) as { detail: string }).detail).toContain(payload);
  });
});

describe.runIf(hasBrowser)('our pages', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(() => (browser as Browser | undefined)?.close());

  it.each([
    ['/app/', 'table'],
    ['/docs', '.opblock'],
    ['/docs/', '.opblock'],
    ['/redoc', '[role=search], .menu-content'],
  ])('%s loads without breaking its own policy', async (path, content) => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const answer = await page.goto(url + path, { waitUntil: 'load' });
    expect(answer!.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
    await page.waitForSelector(content);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('show hostile texts as texts, live, in the language chosen', async () => {
    const page = await browser.newPage({ locale: 'es-CL' });
    page.on('dialog', () => expect.unreachable('a dialog opened'));
    await page.goto(`${url}/app/`);
    await page.waitForSelector('section[aria-labelledby=datasets] table');
    const text = await page.innerText('main');
    for (const payload of PAYLOADS) expect(text).toContain(payload);
    expect(text).toContain('Conjuntos de datos');
    await page.selectOption('header select', 'zh');
    await page.waitForSelector('text=数据集');
    await api.ports.db.query(`UPDATE job SET name = 'renamed while watched', last_update = now() WHERE name = $1`, [
      PAYLOADS[0],
    ]);
    await page.waitForSelector('text=renamed while watched');
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('main script, main img, main svg, main iframe').count()).toBe(0);
    await page.close();
  });
});
