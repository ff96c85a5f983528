import { jobRoutes } from '#contract';
import type { Client } from '#client';

import { element } from './element.js';
import type { Say } from './language.js';

/** A form that creates a data set and sends its file with a DatasetJob, as every client does. */
export function uploadForm(say: Say, client: Client, language: string): HTMLElement {
  const name = element('input', { name: 'name', required: true, maxlength: 200, autocomplete: 'off' });
  const file = element('input', { name: 'file', type: 'file', accept: '.csv,.tsv,.txt,text/csv', required: true });
  const button = element('button', { class: 'primary' }, say('upload'));
  const bar = element('progress', { max: 1, value: 0, hidden: true, 'aria-label': say('upload-csv') });
  const message = element('p', { role: 'status', class: 'quiet' });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen && name.value === '') name.value = chosen.name.replace(/\.[^.]+$/, '');
  });

  const submit = async (chosen: File): Promise<void> => {
    const { id } = await client.dataset.create({ body: { name: name.value } });
    const kwargs = {
      dataset_id: id,
      notebook_id: null,
      url: '',
      params: { dataloader: 'CSVDataLoader', name: name.value },
    };
    await sendFile(kwargs, chosen, language, (fraction) => {
      bar.value = fraction;
      message.textContent = say('uploading-percent', { percent: Math.floor(fraction * 100) });
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
            message.textContent = error instanceof Error ? error.message : String(error);
          })
          .finally(() => {
            button.disabled = false;
            bar.hidden = true;
          });
      },
    },
    element('label', {}, say('csv-file'), file),
    element('label', {}, say('name'), name),
    button,
    bar,
  );
  return element(
    'section',
    { 'aria-labelledby': 'upload' },
    element('h2', { id: 'upload' }, say('upload-csv')),
    form,
    message,
  );
}

/** By XMLHttpRequest, because fetch does not tell how much of a body has been sent. */
function sendFile(kwargs: object, file: File, language: string, onProgress: (fraction: number) => void): Promise<void> {
  const form = new FormData();
  form.append('job_type', 'DatasetJob');
  form.append('kwargs', JSON.stringify(kwargs));
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1${jobRoutes.submit.path}`);
    request.setRequestHeader('accept-language', language);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new Error('network'));
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
