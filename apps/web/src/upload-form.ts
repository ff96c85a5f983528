import { jobRoutes, type Locale } from '#contract';
import type { Client } from '#client';
import { errorText } from '#i18n';

import { element } from './element.js';
import { failureText } from './failure-text.js';
import { loaderFor } from './file-loader.js';
import type { Say } from './language.js';

/** What spreadsheets write; the first is the usual one, and a byte order mark in the file overrules the choice. */
const ENCODINGS = [
  ['utf-8', 'UTF-8'],
  ['cp1252', 'cp1252 (Windows)'],
  ['utf-16', 'UTF-16'],
] as const;

/** A form that creates a data set and sends its file with a DatasetJob, as every client does. */
export function uploadForm(say: Say, client: Client, language: Locale): HTMLElement {
  const name = element('input', { name: 'name', required: true, maxlength: 200, autocomplete: 'off' });
  const file = element('input', { name: 'file', type: 'file', required: true });
  const encoding = element(
    'select',
    { name: 'encoding' },
    ...ENCODINGS.map(([value, shown]) => element('option', { value }, shown)),
  );
  const badLinesOut = element('input', { name: 'bad-lines', type: 'checkbox' });
  const button = element('button', { class: 'primary' }, say('upload'));
  const bar = element('progress', { max: 1, value: 0, hidden: true, 'aria-label': say('upload-table') });
  const message = element('p', { role: 'status', class: 'quiet' });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen && name.value === '') name.value = chosen.name.replace(/\.[^.]+$/, '');
  });

  const submit = async (chosen: File): Promise<void> => {
    const settings = { encoding: encoding.value, on_bad_lines: badLinesOut.checked ? 'skip' : 'error' };
    const loader = loaderFor(chosen.name, await listLoaders(client), settings);
    const { id } = await client.dataset.create({ body: { name: name.value } });
    const kwargs = {
      dataset_id: id,
      notebook_id: null,
      url: '',
      params: { ...loader, name: name.value },
    };
    await sendFile(kwargs, chosen, language, (fraction) => {
      bar.value = fraction;
      message.textContent = say('uploading-percent', { percent: Math.floor(fraction * 100) });
    }).catch(async (error: unknown) => {
      // Without its file the data set would only keep the name from the next try.
      await client.dataset.remove({ params: { id } }).catch(() => undefined);
      throw error;
    });
    message.textContent = say('upload-done', { name: chosen.name });
    form.reset();
  };
  const form = element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        const chosen = file.files?.[0];
        if (!chosen) return;
        button.disabled = true;
        bar.hidden = false;
        message.className = 'quiet';
        void submit(chosen)
          .catch((error: unknown) => {
            message.className = 'error';
            message.textContent = failureText(say, error);
          })
          .finally(() => {
            button.disabled = false;
            bar.hidden = true;
          });
      },
    },
    element('label', {}, say('file'), file),
    element('label', {}, say('name'), name),
    element('label', {}, say('encoding'), encoding),
    element('label', { class: 'check' }, badLinesOut, say('bad-lines-out')),
    button,
    bar,
  );
  return element(
    'section',
    { 'aria-labelledby': 'upload' },
    element('h2', { id: 'upload' }, say('upload-table')),
    form,
    message,
  );
}

const listLoaders = (client: Client): ReturnType<Client['component']['list']> =>
  client.component.list({ query: { select_types: ['DataLoader'] } });

/** By XMLHttpRequest, because fetch does not tell how much of a body has been sent. */
function sendFile(kwargs: object, file: File, language: Locale, onProgress: (fraction: number) => void): Promise<void> {
  const form = new FormData();
  form.append('job_type', 'DatasetJob');
  form.append('kwargs', JSON.stringify(kwargs));
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${jobRoutes.submit.path}`);
    request.setRequestHeader('accept-language', language);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new Error(errorText('upload-incomplete', {}, language)));
    request.onload = () => {
      if (request.status < 300) resolve();
      else reject(new Error(detailOf(request.responseText)));
    };
    request.send(form);
  });
}

function detailOf(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === 'string' ? detail : text;
  } catch {
    return text;
  }
}
