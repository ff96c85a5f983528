/** Data sets once they are there: folders, names, export, pictures, and what a notebook makes of one. */
import { confirmed, menuOf, pictures, settled } from './steps.mjs';

/** Stories of data sets, in order. */
export const datasetStories = {
  async 'export as CSV'(page, { url }) {
    await page.goto(`${url}/app/data/datasets/1`, { waitUntil: 'domcontentloaded' });
    await page.getByText('Total Rows').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /^export$/i }).first().click(); // prettier-ignore
    const file = await download;
    const lines = (await text(await file.createReadStream())).trim().split('\n');
    if (lines.length !== 151 || !lines[0].startsWith('petal,')) throw new Error(`exported ${lines.length} lines`);
  },

  async 'a folder'(page) {
    await page.getByRole('button', { name: 'New folder' }).click();
    await page.getByPlaceholder('Folder name').fill('Plants');
    await page.keyboard.press('Enter');
    await page.getByText('Plants').first().waitFor();
    const from = await page.getByRole('button', { name: /Dataset_1/ }).first().boundingBox(); // prettier-ignore
    const to = await page.getByText('Plants').first().boundingBox();
    const moved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
    await page.mouse.move(from.x + 20, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + to.height / 2, { steps: 12 });
    await page.mouse.up();
    await moved;
  },

  async 'a notebook saved as a data set'(page, { url }) {
    await page.goto(`${url}/app/data/notebooks/1`, { waitUntil: 'domcontentloaded' });
    await page.getByRole('button', { name: 'Save as New Dataset', exact: true }).click();
    await page.getByRole('dialog').or(page.locator('.MuiModal-root')).getByRole('textbox').first().fill('cleaned'); // prettier-ignore
    await page.getByRole('button', { name: 'Upload', exact: true }).click();
    await page.getByText('cleaned', { exact: true }).first().waitFor();
    await settled(page);
  },

  async 'a data set renamed and deleted'(page, { url }) {
    await page.goto(`${url}/app/data`, { waitUntil: 'domcontentloaded' });
    await menuOf(page, 'cleaned', 'Edit');
    await page.locator('input[value=cleaned]').fill('tidied');
    await page.keyboard.press('Enter');
    await page.getByText('tidied', { exact: true }).first().waitFor();
    await menuOf(page, 'tidied', 'Delete');
    await confirmed(page, 'DELETE');
    await page.getByText('tidied', { exact: true }).first().waitFor({ state: 'detached' });
  },

  async 'a folder of pictures'(page, { url }) {
    await page.goto(`${url}/app/data/datasets/new`, { waitUntil: 'domcontentloaded' });
    await page.getByText('Image', { exact: false }).first().click();
    await page.getByRole('button', { name: 'Next' }).click();
    const file = { name: 'pictures.zip', mimeType: 'application/zip', buffer: await pictures() };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('img[src^="data:image/png"]').first().waitFor();
    await page.getByRole('button', { name: 'Upload' }).last().click();
    await page.waitForURL(/datasets\/\d+$/);
    await page.getByText('Total Rows').waitFor();
    await page.locator('img[src^="data:image/png"]').first().waitFor();
  },
};

async function text(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
