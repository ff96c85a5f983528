import './no-code-generation.js';

import { type Client, createClient, HttpError } from '#client';
import type { Locale, WireJob } from '#contract';

import { element } from './element.js';
import { failureText } from './failure-text.js';
import { keepLanguage, languageNames, readLanguage, type Say, sayIn } from './language.js';
import { followJobs } from './live-jobs.js';
import { signInForm } from './sign-in-form.js';
import { datasetTable, jobTable, runTable } from './tables.js';
import { uploadForm } from './upload-form.js';

const page = document.querySelector<HTMLElement>('#page')!;
let former = new AbortController();

/** The whole page in one language; called again when the language changes or the reader has signed in. */
function show(locale: Locale): void {
  former.abort();
  former = new AbortController();
  const { signal } = former;
  const say = sayIn(locale);
  const client = createClient({ language: locale });
  document.documentElement.lang = locale;
  const live = element('span', { class: 'badge wait', role: 'status' });
  const main = element('main', { id: 'content', tabindex: -1 });
  page.replaceChildren(
    element('a', { class: 'skip', href: '#content' }, say('skip-to-content')),
    header(say, locale, live),
    main,
  );
  void fill({ main, live, say, locale, signal }, client);
}

function header(say: Say, locale: Locale, live: HTMLElement): HTMLElement {
  const languages = element(
    'select',
    {
      'aria-label': say('language'),
      onchange: () => {
        const chosen = languages.value as Locale;
        keepLanguage(chosen);
        show(chosen);
      },
    },
    ...languageNames().map(([code, name]) =>
      element('option', { value: code, lang: code, selected: code === locale }, name),
    ),
  );
  return element(
    'header',
    {},
    element('h1', {}, 'Millrace'),
    element('span', { class: 'grow' }, say('tagline')),
    live,
    element('a', { href: '/docs' }, say('api-docs')),
    languages,
  );
}

/** What the parts of the page have in common. */
interface Scene {
  readonly main: HTMLElement;
  readonly live: HTMLElement;
  readonly say: Say;
  readonly locale: Locale;
  readonly signal: AbortSignal;
}

async function fill({ main, live, say, locale, signal }: Scene, client: Client): Promise<void> {
  const failure = element('p', { role: 'alert', class: 'error' });
  const [jobs, datasets, runs] = (['jobs', 'datasets', 'runs'] as const).map((name) => part(say(name), name));
  const remove = (id: number): void => void client.dataset.remove({ params: { id } }).then(() => due(), fail);
  const refresh = async (): Promise<void> => {
    const [sets, list] = await Promise.all([client.dataset.list({ signal }), client.run.list({ query: {}, signal })]);
    datasets!.show(datasetTable(say, sets, remove));
    runs!.show(runTable(say, list));
    failure.textContent = '';
  };
  const fail = (error: unknown): void => {
    if (signal.aborted) return;
    if (error instanceof HttpError && error.status === 401) {
      former.abort();
      main.replaceChildren(signInForm(say, client, () => show(locale)));
    } else failure.textContent = failureText(say, error);
  };
  const cancel = (id: string): void => void client.job.cancel({ params: { id } }).catch(fail);
  main.replaceChildren(failure, uploadForm(say, client, locale), jobs!.section, datasets!.section, runs!.section);
  const due = soon(() => void refresh().catch(fail));
  const onJobs = (list: readonly WireJob[]): void => {
    jobs!.show(jobTable(say, list, cancel));
    due();
  };
  const onLive = (on: boolean): void => {
    live.textContent = say(on ? 'live-on' : 'live-lost');
    live.className = `badge ${on ? 'good' : 'bad'}`;
  };
  await followJobs(client, { onJobs, onLive, onFailure: fail }, signal);
}

function part(title: string, id: string): { section: HTMLElement; show: (content: HTMLElement) => void } {
  const content = element('div');
  const section = element('section', { 'aria-labelledby': id }, element('h2', { id }, title), content);
  return { section, show: (made) => keepFocus(content, made) };
}

/** A table that is drawn anew must not throw a keyboard's user out of it. */
function keepFocus(content: HTMLElement, made: HTMLElement): void {
  const label = content.contains(document.activeElement) ? document.activeElement?.getAttribute('aria-label') : null;
  content.replaceChildren(made);
  if (label) [...content.querySelectorAll<HTMLElement>('[aria-label]')].find((one) => one.ariaLabel === label)?.focus();
}

/** Many calls within a moment become one. */
function soon(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, 200);
  };
}

show(readLanguage());
