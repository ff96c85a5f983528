import sharp from 'sharp';
import { ZipFile } from 'yazl';

const KINDS = ['small', 'middle', 'large'];

/** 150 rows with three classes that the first two columns tell apart, but for one row in thirteen; some weights are missing. */
export function kinds() {
  const rows = Array.from({ length: 150 }, (_none, i) => {
    const kind = i % 3;
    const weight = i % 11 === 0 ? '' : (i % 17) / 4;
    return [
      kind + ((i * 7) % 10) / 10,
      5 - kind + ((i * 3) % 10) / 10,
      weight,
      KINDS[(kind + (i % 13 === 0 ? 1 : 0)) % 3],
    ];
  });
  return `${['petal,sepal,weight,kind', ...rows.map((row) => row.join(','))].join('\n')}\n`;
}

/** A button of the dialog that is open. */
export const dialogButton = (page, label) => page.locator('[role=dialog] button').filter({ hasText: label }).last();

/** A message the client shows in passing. */
export const toast = (page, text) => page.getByText(text).first().waitFor();

/** Waits until the page asks for nothing but its list of jobs. */
export async function settled(page) {
  await page.waitForTimeout(1500);
}

/** Chooses a point of the menu that stands beside the item of this name. */
export async function menuOf(page, name, point) {
  const item = page
    .locator('div,button')
    .filter({ hasText: name })
    .filter({ has: page.getByLabel('more options') });
  await item.last().getByLabel('more options').click();
  await page.getByRole('menuitem', { name: point }).click();
}

/** Confirms what the page asks about, and waits until the server has done it. */
export async function confirmed(page, method) {
  const done = page.waitForResponse((answer) => answer.request().method() === method && answer.ok());
  await page.getByRole('button', { name: /^(delete|confirm)$/i }).last().click(); // prettier-ignore
  await done;
}

/** An archive of six pictures in two folders. */
export async function pictures() {
  const archive = new ZipFile();
  for (const [folder, background] of Object.entries({ red: '#c00', blue: '#00c' }))
    for (const width of [20, 30, 40]) {
      const picture = await sharp({ create: { width, height: 20, channels: 3, background } })
        .png()
        .toBuffer();
      archive.addBuffer(picture, `pictures/${folder}/${width}.png`);
    }
  archive.end();
  const parts = [];
  for await (const part of archive.outputStream) parts.push(part);
  return Buffer.concat(parts);
}
