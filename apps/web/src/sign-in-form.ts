import type { Client } from '#client';

import { element } from './element.js';
import { failureText } from './failure-text.js';
import type { Say } from './language.js';

/** Asks for the token once; the server then knows this browser by a cookie. */
export function signInForm(say: Say, client: Client, onSignedIn: () => void): HTMLElement {
  const token = element('input', { type: 'password', required: true, autocomplete: 'current-password' });
  const message = element('p', { role: 'alert', class: 'error' });
  const form = element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        client.signIn.signIn({ body: { token: token.value } }).then(onSignedIn, (error: unknown) => {
          message.textContent = failureText(say, error);
        });
      },
    },
    element('label', {}, say('token'), token),
    element('button', { class: 'primary' }, say('sign-in')),
  );
  return element('section', {}, element('h2', {}, say('sign-in')), form, message);
}
