/** A session judged by folds, and tests between its runs. */
import { dialogButton, settled, toast } from './steps.mjs';

const MODELS = ['Histogram-based', 'Dummy Classifier'];
const RUNS = ['HistGradientBoostingClassifier_1', 'DummyClassifier_1'];

/** Stories of cross-validation, in order. */
export const foldStories = {
  async 'a session by folds'(page, { url }) {
    await page.goto(`${url}/app/models`, { waitUntil: 'domcontentloaded' });
    await page.getByText('Tabular Classification', { exact: true }).first().click();
    await page.getByRole('combobox', { name: /dataset/i }).click();
    await page.getByRole('option', { name: 'Dataset_1' }).click();
    await page.getByRole('button', { name: 'Cross-Validation' }).click();
    await page.getByRole('combobox').filter({ hasText: /Fold|Leave/ }).click(); // prettier-ignore
    await page.getByRole('option', { name: 'Stratified K-Fold', exact: true }).click();
    await page.getByText('match Tabular Classification requirements').waitFor();
    await page.getByRole('button', { name: /create session/i }).click();
    await page.waitForURL(/sessions\/\d+$/);
  },

  async 'train by folds'(page) {
    for (const name of MODELS) {
      await page.getByText(name).first().click();
      await dialogButton(page, /add model/i).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: /run all/i }).click();
    for (const name of RUNS) await toast(page, new RegExp(`${name}" completed`));
  },

  async 'a saved test between runs'(page) {
    await page.getByText('Statistical Tests', { exact: true }).first().click();
    await page.getByText(/corrected/i).first().click(); // prettier-ignore
    const dialog = page.getByRole('dialog');
    for (const name of RUNS) await dialog.getByText(name).click();
    await dialogButton(page, /^execute$/i).click();
    await dialog.getByText(/p-?value/i).first().waitFor(); // prettier-ignore
    await dialogButton(page, /save result/i).click();
    await dialog.getByText(/saved/i).first().waitFor(); // prettier-ignore
    await dialogButton(page, /cancel/i).click();
    await page.getByText('Saved Tests').click();
    await page.getByText(/^(Not )?significant$/i).first().waitFor(); // prettier-ignore
  },

  async 'scores of each fold'(page) {
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.getByText(/metrics \| operations/i).first().click(); // prettier-ignore
    await page.waitForURL(/model\/\d+$/);
    await page.getByRole('tab', { name: /fold/i }).first().click(); // prettier-ignore
    await settled(page);
  },
};
