import './no-code-generation.js';

import { type Client, createClient, HttpError } from '#client';

import { element } from './element.js';
import { failureText } from './failure-text.js';
import { readLanguage, type Say, sayIn } from './language.js';
import { signInForm } from './sign-in-form.js';

/** The page a device that signs in sends a person to: the code, what asks, and yes or no. */
const page = document.querySelector<HTMLElement>('#page')!;
const locale = readLanguage();
const say: Say = sayIn(locale);
const client: Client = createClient({ language: locale });
document.documentElement.lang = locale;
document.title = `${say('device-title')} – Millrace`;

const main = element('main', { id: 'content', tabindex: -1 });
page.replaceChildren(element('header', {}, element('h1', {}, 'Millrace')), main);
const given = new URLSearchParams(location.search).get('code') ?? '';
if (given === '') askForCode();
else void askToDecide(given);

/** A section with a heading, in place of what was there; focus goes to it, so that it is read out. */
function showSection(...content: readonly HTMLElement[]): void {
  main.replaceChildren(element('section', {}, element('h2', {}, say('device-title')), ...content));
  main.focus();
}

function askForCode(failure = ''): void {
  const code = element('input', { required: true, autocomplete: 'off', autocapitalize: 'characters', maxlength: 32 });
  const onsubmit = (event: Event): void => {
    event.preventDefault();
    void askToDecide(code.value);
  };
  showSection(
    element(
      'form',
      { onsubmit },
      element('label', {}, say('device-code'), code),
      element('button', { class: 'primary' }, say('device-continue')),
    ),
    element('p', { role: 'alert', class: 'error' }, failure),
  );
}

async function askToDecide(code: string): Promise<void> {
  try {
    const login = await client.deviceLogin.read({ params: { code } });
    if (login.state !== 'pending') {
      showSection(
        element('p', { role: 'status' }, say(login.state === 'denied' ? 'device-denied' : 'device-approved')),
      );
      return;
    }
    const owner = element('input', { value: 'local', required: true, pattern: '[a-z0-9][a-z0-9_\\-]{0,62}' });
    const onsubmit = (event: Event): void => {
      event.preventDefault();
      void decide(code, true, owner.value);
    };
    showSection(
      element('p', {}, say('device-ask', { client: login.client, code: login.code })),
      element(
        'form',
        { onsubmit },
        element('label', {}, say('device-owner'), owner),
        element('button', { class: 'primary' }, say('device-approve')),
        element('button', { type: 'button', onclick: () => void decide(code, false) }, say('device-deny')),
      ),
    );
  } catch (error) {
    failed(error, code);
  }
}

async function decide(code: string, approve: boolean, owner?: string): Promise<void> {
  try {
    await client.deviceLogin.decide({ params: { code }, body: { approve, ...(owner === undefined ? {} : { owner }) } });
    showSection(element('p', { role: 'status' }, say(approve ? 'device-approved' : 'device-denied')));
  } catch (error) {
    failed(error, code);
  }
}

function failed(error: unknown, code: string): void {
  if (error instanceof HttpError && error.status === 401) {
    main.replaceChildren(signInForm(say, client, () => void askToDecide(code)));
  } else askForCode(failureText(say, error));
}
