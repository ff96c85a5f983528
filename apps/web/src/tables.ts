import type { JobState, Status, WireDataset, WireJob, WireRunWithMetrics } from '#contract';

import { element } from './element.js';
import type { Say } from './language.js';

type Cell = Node | string;

/** Rows under headings, or a word about there being none. */
function table(
  caption: string,
  none: string,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLElement {
  if (rows.length === 0) return element('p', { class: 'quiet' }, none);
  const head = element('tr', {}, ...headings.map((heading) => element('th', { scope: 'col' }, heading)));
  const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...body)),
  );
}

const statusLooks = ['idle', 'wait', 'wait', 'good', 'bad'] as const;
const stateLooks: Readonly<Record<JobState, string>> = {
  not_started: 'idle',
  started: 'wait',
  finished: 'good',
  error: 'bad',
  killed: 'bad',
  cancelled: 'idle',
  deleted: 'idle',
};

const statusBadge = (say: Say, status: Status): HTMLElement =>
  element('span', { class: `badge ${statusLooks[status]}` }, say(`status-${status}`));
const stateBadge = (say: Say, state: JobState): HTMLElement =>
  element('span', { class: `badge ${stateLooks[state]}` }, say(`state-${state}`));
const time = (text: string): HTMLElement => element('time', {}, text.slice(0, 19).replace('T', ' '));
const count = (value: number | null): string => (value === null ? '–' : String(value));

/** Data sets, the newest first. One that could not be loaded still holds its name, so it has a button that removes it. */
export function datasetTable(say: Say, datasets: readonly WireDataset[], remove: (id: number) => void): HTMLElement {
  const headings = [say('name'), say('status'), say('rows'), say('columns'), say('created'), ''];
  const rows = [...datasets]
    .reverse()
    .map((one) => [
      one.name,
      statusBadge(say, one.status),
      count(one.total_rows),
      count(one.total_columns),
      time(one.created),
      one.status === 4 ? button(say('dismiss'), say('dismiss-what', { name: one.name }), () => remove(one.id)) : '',
    ]);
  return table(say('datasets'), say('datasets-none'), headings, rows);
}

/** Runs, the newest first. */
export function runTable(say: Say, runs: readonly WireRunWithMetrics[]): HTMLElement {
  const headings = [say('name'), say('model'), say('status'), say('created')];
  const rows = [...runs]
    .reverse()
    .map((run) => [run.name, run.model_name, statusBadge(say, run.status), time(run.created)]);
  return table(say('runs'), say('runs-none'), headings, rows);
}

/** Jobs, the last changed first, each with a button that cancels it or takes it off the list. */
export function jobTable(say: Say, jobs: readonly WireJob[], cancel: (id: string) => void): HTMLElement {
  const headings = [say('name'), say('status'), say('progress'), ''];
  const rows = [...jobs]
    .sort((one, other) => other.last_update.localeCompare(one.last_update))
    .map((job) => [job.job_name, stateBadge(say, job.status), jobProgress(job), jobButton(say, job, cancel)]);
  return table(say('jobs'), say('none'), headings, rows);
}

function jobProgress(job: WireJob): HTMLElement {
  // What a person cancelled says so, but is no fault.
  if (job.error_msg !== null)
    return element('span', { class: stateLooks[job.status] === 'bad' ? 'error' : 'quiet' }, job.error_msg);
  if (job.status !== 'started') return element('span');
  const label = job.progress_message ?? '';
  const value = job.progress ?? undefined;
  return element(
    'span',
    {},
    element('progress', { max: 100, value, 'aria-label': label || job.job_name }),
    ` ${label}`,
  );
}

function jobButton(say: Say, { id, job_name: name, status }: WireJob, cancel: (id: string) => void): HTMLElement {
  const verb = status === 'not_started' || status === 'started' ? 'cancel' : 'dismiss';
  const label = say(`${verb}-what`, { name });
  return button(say(verb), label, () => cancel(id));
}

const button = (shown: string, label: string, onclick: () => void): HTMLElement =>
  element('button', { type: 'button', 'aria-label': label, onclick }, shown);
