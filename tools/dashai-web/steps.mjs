/** 150 rows with three classes that the first two columns tell apart; some weights are missing. */
export function kinds() {
  const rows = Array.from({ length: 150 }, (_none, i) => {
    const kind = i % 3;
    const weight = i % 11 === 0 ? '' : (i % 17) / 4;
    return [kind + ((i * 7) % 10) / 10, 5 - kind + ((i * 3) % 10) / 10, weight, ['small', 'middle', 'large'][kind]];
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
