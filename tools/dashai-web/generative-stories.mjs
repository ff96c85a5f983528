/** A conversation with a model: its engine downloaded, a session, turns, other parameters, the end. */
import { settled } from './steps.mjs';

const NAME = 'Qwen2.5 0.5B Instruct';
const ENGINE_MS = 240_000;
const ANSWER_MS = 120_000;

/** Stories of generative sessions, in order. */
export const generativeStories = {
  async 'a language model downloaded'(page, { url }) {
    await page.goto(`${url}/app/generative/sessions/new`, { waitUntil: 'domcontentloaded' });
    await page.getByPlaceholder('Search models...').fill(NAME);
    await page.getByText(NAME, { exact: true }).click();
    const fetched = page.waitForResponse(
      async (answer) => answer.url().endsWith('/download') && answer.request().method() === 'GET' && (await answer.json()).downloaded, // prettier-ignore
      { timeout: ENGINE_MS },
    );
    await page
      .locator('button')
      .filter({ hasText: /^\d+ MB$/ })
      .click();
    await fetched;
  },

  async 'a generative session'(page, { url }) {
    await page.goto(`${url}/app/generative/sessions/new/Qwen25_05BInstruct`, { waitUntil: 'domcontentloaded' });
    await page.getByText('Frequency penalty').first().waitFor();
    await page.getByRole('spinbutton').first().fill('12');
    await page.getByRole('button', { name: /create a session/i }).click();
    await page.waitForURL(/generative\/sessions\/\d+$/);
  },

  async 'a chat'(page) {
    for (const words of ['hello', 'and again']) {
      await page.getByPlaceholder('Type a message').fill(words);
      const answered = page.waitForResponse(
        async (answer) => /generative-process\/\d+$/.test(answer.url()) && (await answer.json()).status === 3,
        { timeout: ANSWER_MS },
      );
      await page.keyboard.press('Enter');
      await answered;
    }
    await settled(page);
  },

  async 'other parameters'(page) {
    await page.getByRole('spinbutton').first().fill('7');
    await page.getByRole('button', { name: /^update$/i }).click();
    await page.getByText('Parameters updated:').waitFor();
  },
};
