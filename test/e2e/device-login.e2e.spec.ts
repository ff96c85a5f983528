import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { CHROMIUM, FLAGS, hasBrowser } from './browser.js';

const TOKEN = 'a-token-that-nobody-guesses';

describe.runIf(hasBrowser)('the page on which a device is let in', () => {
  let millrace: RunningMillrace;
  let browser: Browser;
  let page: Page;
  let problems: string[];
  beforeAll(async () => {
    millrace = await startMillrace({ backend: 'postgres', workers: 1, env: { MILLRACE_TOKEN: TOKEN } });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await (millrace as RunningMillrace | undefined)?.stop();
  });
  beforeEach(async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await page.context().close();
    expect(problems).toEqual([]);
  });

  async function post(path: string, body: object, bearer?: string) {
    const answer = await fetch(`${millrace.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }
  /** A terminal that signs in: what it shows, and how it asks whether it was let in. */
  async function device() {
    const device_secret_hash = createHash('sha256').update(randomUUID()).digest('hex');
    const identity = { client_id: 'ml-dash-client', device_secret_hash };
    const { body } = await post('/api/device/start', identity);
    return { ...body, code: body['user_code']!, link: body['verification_uri_complete']!, poll: () => post('/api/device/poll', identity) }; // prettier-ignore
  }
  async function signIn(): Promise<void> {
    await page.locator('input[type=password]').fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  const alert = () => page.getByRole('alert');
  const status = () => page.getByRole('status');
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  it('asks who sits before it, shows the device and its code, and lets it in as the owner that is named', async () => {
    const { code, link, poll } = await device();
    await page.goto(link);
    await page.locator('input[type=password]').fill('not the token');
    await button('Sign in').click();
    await expect.poll(() => alert().textContent()).not.toBe('');
    await signIn();
    await page.getByText(`shows the code ${code}`).waitFor();
    expect(await page.locator('main').textContent()).toContain('ml-dash-client asks to be signed in');
    expect((await poll()).body).toMatchObject({ error: 'authorization_pending' });
    await page.getByLabel('Name of the owner').fill('ann');
    await button('Let it in').click();
    await status().filter({ hasText: 'The device is signed in' }).waitFor();
    await expect.poll(async () => (await poll()).status, { interval: 1100, timeout: 10_000 }).toBe(200);
    // Coming back to the link finds no question any more.
    await page.goto(link);
    await status().filter({ hasText: 'The device is signed in' }).waitFor();
    expect(await button('Let it in').count()).toBe(0);
  });

  it('turns a device away', async () => {
    const { link, poll } = await device();
    await page.goto(link);
    await signIn();
    await button('Refuse').click();
    await status().filter({ hasText: 'The device was not let in' }).waitFor();
    expect((await poll()).body).toMatchObject({ error: 'access_denied' });
  });

  it('takes a code that is typed, small and without its dash; one that nobody shows is refused and may be typed again', async () => {
    const { code } = await device();
    await page.goto(`${millrace.url}/app/device.html`);
    const typed = page.getByLabel('Code the device shows');
    await typed.fill('BBBB-BBBB');
    await button('Continue').click();
    await signIn();
    await alert().filter({ hasText: 'No device waits with this code' }).waitFor();
    await typed.fill('no code at all');
    await button('Continue').click();
    await expect.poll(() => alert().textContent()).not.toContain('No device waits');
    expect(await alert().textContent()).not.toBe('');
    await typed.fill(code.toLowerCase().replace('-', ''));
    await button('Continue').click();
    await page.getByText(`shows the code ${code}`).waitFor();
    await button('Refuse').click();
    await status().waitFor();
  });

  it('refuses a code that has run out, before the question and after it', async () => {
    const { link, poll } = await device();
    await page.goto(link);
    await signIn();
    await button('Let it in').waitFor();
    const db = new pg.Client({ connectionString: millrace.databaseUrl });
    await db.connect();
    await db.query(`UPDATE tracked_device_login SET expires = now() - interval '1 second'`);
    await db.end();
    await button('Let it in').click();
    await alert().filter({ hasText: 'codes are good for ten minutes' }).waitFor();
    await page.goto(link);
    await alert().filter({ hasText: 'codes are good for ten minutes' }).waitFor();
    expect((await poll()).body).toMatchObject({ error: 'expired_token' });
  });

  it('speaks the language of the browser, of its refusals too', async () => {
    const context = await browser.newContext({ locale: 'de-DE' });
    const german = await context.newPage();
    await german.goto(`${millrace.url}/app/device.html?code=BBBBBBBB`);
    await german.locator('html[lang=de]').waitFor();
    await german.locator('input[type=password]').fill(TOKEN);
    await german.getByRole('button').click();
    await german.getByRole('alert').filter({ hasText: 'Code' }).waitFor();
    expect(await german.getByRole('alert').textContent()).toMatch(/Gerät/);
    await context.close();
  });
});
