/** What the original's own server makes its client complain of as well: no fault of ours. */
const EXCUSED = [
  // The page of pipelines uses a component it never imports.
  /LinearProgress is not defined/,
];

/** Collects whatever goes wrong in a page: failed requests, error answers, complaints on the console, uncaught errors. */
export function record(page) {
  const faults = [];
  let story = 'start';
  const note = (text) => {
    if (!EXCUSED.some((excused) => excused.test(text))) faults.push({ story, text });
  };
  const path = (url) => url.replace(/^https?:\/\/[^/]+/, '');
  page.on('console', (message) => {
    // An error answer is noted once, with its address.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    note(`console: ${message.text().split('\n', 2).join(' ').slice(0, 300)}`);
  });
  page.on('pageerror', (error) => note(`uncaught: ${error.message.slice(0, 300)}`));
  page.on('response', async (response) => {
    if (response.status() < 400) return;
    const body = await response.text().catch(() => '');
    note(`${response.status()} ${response.request().method()} ${path(response.url())} ${body.slice(0, 200)}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // What a page gives up when it is left.
    if (reason !== 'net::ERR_ABORTED') note(`${reason} ${request.method()} ${path(request.url())}`);
  });
  return {
    faults,
    begin: (name) => {
      story = name;
    },
  };
}
