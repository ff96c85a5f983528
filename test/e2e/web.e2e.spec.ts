import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { CHROMIUM, FLAGS, hasBrowser } from './browser.js';
import { penguins } from './real-data.js';

describe.runIf(hasBrowser)('the page under /app/', () => {
  let millrace: RunningMillrace;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    millrace = await startMillrace({ backend: 'postgres' });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(millrace.url);
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await (millrace as RunningMillrace | undefined)?.stop();
  });

  it('is where the root leads', () => {
    expect(new URL(page.url()).pathname).toBe('/app/');
  });

  it('takes a file and shows its job and its data set without a reload', async () => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'penguins <b>bold</b>.csv', mimeType: 'text/csv', buffer: Buffer.from(penguins()) });
    await page.locator('form button[type=submit], form button:not([type])').first().click();
    await page.getByRole('row', { name: /penguins <b>bold<\/b>.*344/ }).waitFor();
    await page.getByRole('row', { name: /Dataset: penguins/ }).waitFor();
    expect(await page.locator('b').count()).toBe(0);
  });

  it('reads what a German spreadsheet saves, once it is told the encoding, and gives a failed name back', async () => {
    const file = {
      name: 'städte.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Stadt;Höhe\nKöln;1,5\nZürich;2,5\n', 'latin1'),
    };
    const upload = async (encoding: string): Promise<void> => {
      await page.locator('input[type=file]').setInputFiles(file);
      await page.locator('select[name=encoding]').selectOption(encoding);
      await page.locator('form button:not([type])').click();
    };
    await upload('utf-8');
    await page.getByRole('row', { name: /Dataset: städte.*cp1252/ }).waitFor();
    const failed = page.getByRole('region', { name: 'Data sets' }).getByRole('button', { name: 'Dismiss städte' });
    await failed.click();
    await failed.waitFor({ state: 'detached' });
    await upload('cp1252');
    await page.getByRole('row', { name: /^städte Finished 2 2/ }).waitFor();
  });

  it('chooses the loader by the ending of the name', async () => {
    const buffer = Buffer.from('[{"a":1,"b":"x"},{"a":2,"b":"y"},{"a":3,"b":"x"}]');
    await page.locator('input[type=file]').setInputFiles({ name: 'letters.json', mimeType: '', buffer });
    await page.locator('form button:not([type])').click();
    await page.getByRole('row', { name: /^letters Finished 3 2/ }).waitFor();
  });

  it('speaks every language', async () => {
    const headings = new Set<string>();
    for (const language of ['es', 'pt', 'de', 'zh', 'en']) {
      await page.locator('header select').selectOption(language);
      await page.locator(`html[lang=${language}]`).waitFor();
      await page
        .getByRole('row', { name: /penguins/ })
        .first()
        .waitFor();
      headings.add((await page.locator('h2').allTextContents()).join());
    }
    expect(headings.size).toBe(5);
  });

  it('links to the documentation, which shows every route', async () => {
    await page.getByRole('link', { name: /API/ }).first().click();
    await page.locator('.opblock').first().waitFor();
    // Swagger UI draws what is scrolled to.
    const shown = new Set<string>();
    await page.mouse.move(600, 500);
    const scroll = async (): Promise<number> => {
      await page.mouse.wheel(0, 500);
      for (const words of await page.locator('.opblock-summary').allInnerTexts()) shown.add(words);
      return shown.size;
    };
    await expect.poll(scroll, { timeout: 60_000, interval: 50 }).toBeGreaterThan(100);
  });

  it('caused no failed request and no complaint of the browser', () => {
    expect(complaints).toEqual([]);
  });
});
