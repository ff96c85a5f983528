/** Plugins, where the operator turned them on: found, installed, used, taken away. */
import { toast } from './steps.mjs';

/** Stories of plugins, in order. */
export const pluginStories = {
  async 'plugins listed'(page, { url }) {
    await page.goto(`${url}/app/plugins`, { waitUntil: 'domcontentloaded' });
    // The client lists what it knows beside asking for the index, so what is new stands there the second time.
    for (let i = 0; i < 2; i++) {
      const indexed = page.waitForResponse((answer) => answer.url().endsWith('/plugin/index') && answer.ok());
      await page.getByText('Refresh', { exact: true }).click();
      await indexed;
    }
    await page.getByText('millrace-plugin-max-error').first().waitFor();
  },

  async 'a plugin installed and taken away'(page) {
    await page.getByText('Install', { exact: true }).first().click();
    await toast(page, 'Plugin installed successfully');
    await page.getByRole('tab', { name: /installed/i }).click();
    await page.getByText('millrace-plugin-max-error').first().click();
    await page.getByRole('button', { name: /uninstall/i }).click();
    await toast(page, /uninstalled/i);
  },
};
