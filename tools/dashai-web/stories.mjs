/** What a person does with the real client, in order: later stories build on what earlier ones made. */
import { datasetStories } from './dataset-stories.mjs';
import { foldStories } from './fold-stories.mjs';
import { generativeStories } from './generative-stories.mjs';
import { pluginStories } from './plugin-stories.mjs';
import { dialogButton, kinds, settled, toast } from './steps.mjs';

/** Each story gets the page and what earlier stories found: `{url, notebook, session, run}`. */
export const stories = {
  async 'every page loads'(page, { url }) {
    for (const path of [
      '/',
      '/app/data',
      '/app/models',
      '/app/generative',
      '/app/plugins',
      '/app/data/hub',
      '/logo192.png',
    ]) {
      await page.goto(url + path, { waitUntil: 'domcontentloaded' });
      await settled(page);
    }
  },

  async 'upload with a preview'(page, { url }) {
    await page.goto(`${url}/app/data/datasets/new`, { waitUntil: 'domcontentloaded' });
    await page.getByText('CSV').first().click();
    await page.getByRole('button', { name: 'Next' }).click();
    const file = { name: 'kinds.csv', mimeType: 'text/csv', buffer: Buffer.from(kinds()) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('petal').first().waitFor();
    await page.getByRole('button', { name: 'Upload' }).last().click();
    await page.waitForURL(/datasets\/\d+$/);
    await page.getByText('Total Rows').waitFor();
    for (const tab of ['Numerical Analysis', 'Categorical', 'Data Quality', 'Correlations', 'Overview']) {
      await page
        .getByRole('tab', { name: tab })
        .or(page.getByText(tab, { exact: true }))
        .first()
        .click();
      await settled(page);
    }
  },

  async 'a notebook'(page) {
    await page.getByRole('button', { name: /new notebook/i }).click();
    await page.getByRole('button', { name: /create notebook/i }).click();
    await page.waitForURL(/notebooks\/\d+$/);
    await page.getByText('Histogram Plot').first().waitFor();
  },

  async explore(page) {
    await page.getByText('Histogram Plot').first().click();
    await page.locator('[role=dialog] input[aria-label="Toggle select row"]').first().check();
    await dialogButton(page, /^next$/i).click();
    await dialogButton(page, /create explorer/i).click();
    await toast(page, /HistogramPlotExplorer processed/);
    await page.getByText('Histogram of petal').waitFor();
  },

  async 'convert and undo'(page) {
    await page
      .locator('button')
      .filter({ hasText: /^convert$/i })
      .first()
      .click();
    await page.getByText('Standard Scaler').first().click();
    await page.locator('[role=dialog] input[aria-label="Toggle select row"]').first().check();
    await dialogButton(page, /^next$/i).click();
    await dialogButton(page, /create converter/i).click();
    await toast(page, /StandardScaler processed/);
    await page.getByText('-1.675').first().waitFor();
    await page.locator('button[aria-label="delete"]').last().click();
    await page.getByText('The following items will be deleted').waitFor();
    await page
      .locator('button')
      .filter({ hasText: /^delete$/i })
      .last()
      .click();
    await page.getByText('-1.675').first().waitFor({ state: 'detached' });
  },

  async 'a session'(page, state) {
    await page.goto(`${state.url}/app/models`, { waitUntil: 'domcontentloaded' });
    await page.getByText('Tabular Classification', { exact: true }).first().click();
    await page.getByRole('combobox', { name: /dataset/i }).click();
    await page.getByRole('option').first().click();
    await page.getByText('match Tabular Classification requirements').waitFor();
    await page.getByRole('button', { name: /create session/i }).click();
    await page.waitForURL(/sessions\/\d+$/);
    state.session = page.url();
  },

  async 'train and compare'(page) {
    for (const name of ['Histogram-based', 'Dummy Classifier']) {
      await page.getByText(name).first().click();
      await dialogButton(page, /add model/i).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: /run all/i }).click();
    for (const name of ['HistGradientBoostingClassifier_1', 'DummyClassifier_1']) {
      await toast(page, new RegExp(`${name}" completed`));
    }
    await page.getByText('BalancedAccuracy').first().waitFor();
  },

  async tune(page) {
    await page.getByText('Histogram-based').last().click();
    await page.locator('[role=dialog] input[type=checkbox]').first().check();
    await dialogButton(page, /^next$/i).click();
    await page.getByText('Goal Metric').first().waitFor();
    await page.locator('[role=dialog] [role=combobox]').last().click();
    await page.getByRole('option').first().click();
    await settled(page);
    await dialogButton(page, /add model/i).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /run all/i }).click();
    await page
      .getByText(/HistGradientBoostingClassifier_2" completed/)
      .first()
      .waitFor({ timeout: 120_000 });
    await page
      .getByText(/metrics \| operations/i)
      .last()
      .click();
    await page.getByText('Hyperparameters', { exact: true }).click();
    await settled(page);
  },

  async explain(page, state) {
    await page.goto(state.session, { waitUntil: 'domcontentloaded' });
    await page
      .getByText(/metrics \| operations/i)
      .first()
      .click();
    await page.waitForURL(/model\/\d+$/);
    state.run = page.url();
    await page
      .locator('button')
      .filter({ hasText: /^explainability/i })
      .click();
    await page.getByText('Permutation Feature').first().click();
    await dialogButton(page, /^save$/i).click();
    await page.getByText('fall of accuracy').waitFor({ timeout: 60_000 });
  },

  async 'explain rows'(page) {
    await page.getByText('Local Explainers', { exact: true }).last().click();
    await page.getByText('Kernel SHAP').first().click();
    await page.getByRole('dialog').getByRole('combobox').first().click();
    await page.getByRole('option').first().click();
    await dialogButton(page, /^next$/i).click();
    await dialogButton(page, /^save$/i).click();
    await toast(page, /Local explainer job successfully created/);
    await page
      .getByText(/The model answers/)
      .first()
      .waitFor({ timeout: 60_000 });
  },

  async predict(page) {
    await page
      .locator('button')
      .filter({ hasText: /^predictions/i })
      .click();
    await page
      .locator('button')
      .filter({ hasText: /add new prediction/i })
      .click();
    await page.getByRole('dialog').getByRole('combobox').click();
    await page.getByRole('option').first().click();
    await dialogButton(page, /run prediction/i).click();
    await page
      .getByText(/^prediction$/i)
      .first()
      .waitFor();
    await settled(page);
  },

  async 'predict a row typed in'(page) {
    await page.getByText('Manual Predictions', { exact: true }).click();
    await page.getByRole('button', { name: /add row/i }).click();
    const predicted = page.waitForResponse((response) => response.url().includes('/dataset/file/') && response.ok());
    await page.getByRole('button', { name: /run prediction/i }).click();
    await predicted;
    await page
      .getByText(/^(small|middle|large)$/)
      .first()
      .waitFor();
  },

  async reports(page) {
    await page
      .locator('button')
      .filter({ hasText: /^reports/i })
      .click();
    await page.getByText('Confusion Matrix').first().click();
    await page
      .getByText(/of 90 rows right/)
      .first()
      .waitFor({ timeout: 60_000 });
  },

  async 'the job drawer'(page, { url }) {
    await page.goto(`${url}/app/data`, { waitUntil: 'domcontentloaded' });
    await page.getByText('Job Queue').click();
    await page
      .getByText(/Dataset: |Dataset_1/)
      .first()
      .waitFor();
    await settled(page);
  },

  async 'the hardware monitor'(page) {
    await page.getByRole('button', { name: 'Hardware Monitor' }).click();
    await page.getByText(/CPU/).first().waitFor();
    await settled(page);
  },

  ...datasetStories,
  ...foldStories,
  ...pluginStories,
  ...generativeStories,
};
