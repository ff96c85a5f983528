import { z } from 'zod';

import { LOCALES, type LocalText } from './locales.js';

/** How loudly the log speaks of an error: `info` is a user's slip, `error` is ours. */
type Severity = 'info' | 'warn' | 'error';
interface ErrorEntry {
  readonly status: number;
  readonly severity: Severity;
}

const user = (status: number): ErrorEntry => ({ status, severity: 'info' });
const ours = (status: number): ErrorEntry => ({ status, severity: 'error' });

/** Every error Millrace answers or stores with a job: its HTTP status and severity. Texts: libs/i18n. */
export const errorTable = {
  // general
  'access-token-ended': user(401),
  'access-token-not-found': user(404),
  'body-encoded': user(415),
  'body-too-large': user(413),
  'form-due': user(422),
  'input-invalid': user(422),
  forbidden: user(403),
  'headers-too-large': user(431),
  internal: ours(500),
  'media-type-unsupported': user(415),
  'not-acceptable-host': user(421),
  'not-acceptable-origin': user(403),
  'not-found': user(404),
  'not-implemented': user(501),
  'not-modified': user(304),
  'request-malformed': user(400),
  'route-unknown': user(404),
  'text-unstorable': user(422),
  'too-many-requests': user(429),
  unauthorized: user(401),
  unavailable: { status: 503, severity: 'warn' },
  // absent capabilities
  'pipelines-not-offered': user(501),
  'retrieval-not-offered': user(501),
  'session-converters-not-offered': user(422),
  // component
  'component-not-downloadable': user(409),
  'component-not-found': user(404),
  'component-not-registered': user(422),
  'component-of-removed-plugin': user(422),
  'component-type-unknown': user(422),
  'parameters-invalid': user(422),
  // plugin
  'plugin-clash': user(409),
  'plugin-denied': user(422),
  'plugin-invalid': user(422),
  'plugin-not-found': user(404),
  'plugin-package-wrong': user(422),
  'plugin-registry-failed': { status: 502, severity: 'warn' },
  'plugin-stuck': user(422),
  'plugins-disabled': user(403),
  // job
  'attempts-spent': { status: 500, severity: 'warn' },
  cancelled: user(409),
  'job-kwargs-invalid': user(422),
  'job-not-found': user(404),
  'job-type-unknown': user(422),
  'missing-job-fields': user(422),
  'out-of-memory': user(422),
  'storage-full': { status: 507, severity: 'warn' },
  'worker-lost': { status: 500, severity: 'warn' },
  // hub
  'credential-rejected': user(400),
  'credential-unknown': user(404),
  'datafile-file-unknown': user(422),
  'datafile-not-found': user(404),
  'datafile-not-ready': user(409),
  'datafile-without-table': user(422),
  'dataset-source-failed': { status: 502, severity: 'warn' },
  'dataset-source-unknown': user(404),
  // dataset
  'archive-name-refused': user(422),
  'archive-too-large': user(422),
  'archive-too-many-files': user(422),
  'archive-without-file': user(422),
  'column-exists': user(409),
  'column-names-wrong': user(422),
  'column-not-categorical': user(422),
  'column-not-found': user(404),
  'column-rename-invalid': user(422),
  'column-not-encodable': user(422),
  'columns-duplicated': user(422),
  'compression-unsupported': user(422),
  'conversion-unsupported': user(422),
  'dataset-name-empty': user(422),
  'dataset-name-exists': user(409),
  'dataset-not-finished': user(422),
  'dataset-not-found': user(404),
  'file-damaged': user(422),
  'file-empty': user(422),
  'file-encoding-wrong': user(422),
  'file-encrypted': user(422),
  'file-missing': user(422),
  'file-not-tabular': user(422),
  'file-ragged': user(422),
  'folder-not-found': user(404),
  'format-too-large': user(422),
  'frame-too-large': user(422),
  'line-wrong': user(422),
  'path-token-invalid': user(404),
  'quote-unclosed': user(422),
  'record-wrong': user(422),
  'records-not-found': user(422),
  'row-too-large': user(422),
  'sheet-not-found': user(422),
  'table-too-large': user(422),
  'too-many-categories': user(422),
  'too-many-columns': user(422),
  'upload-incomplete': user(400),
  'upload-too-large': user(413),
  'url-answer-wrong': user(422),
  'url-forbidden': user(422),
  'url-invalid': user(422),
  'url-unreachable': user(422),
  'values-not-convertible': user(422),
  // session, run, prediction
  'classes-too-rare': user(422),
  'column-selection-invalid': user(400),
  'encoding-too-large': user(422),
  'entity-busy': user(409),
  'fold-metrics-not-found': user(404),
  'folds-too-many': user(422),
  'group-column-missing': user(422),
  'groups-too-few': user(422),
  'goal-metric-missing': user(422),
  'infinite-values': user(422),
  'input-columns-extra': user(422),
  'input-columns-missing': user(422),
  'input-levels-unseen': user(422),
  'input-type-differs': user(422),
  'input-is-output': user(422),
  'manual-input-invalid': user(422),
  'missing-values': user(422),
  'model-session-not-found': user(404),
  'model-task-mismatch': user(422),
  'model-too-large': user(422),
  'name-empty': user(422),
  'name-exists': user(409),
  'no-rows': user(422),
  'negative-target': user(422),
  'not-converged': user(422),
  'one-class': user(422),
  'plot-not-found': user(404),
  'prediction-not-finished': user(404),
  'prediction-not-found': user(404),
  'probabilities-unavailable': user(422),
  'run-not-finished': user(404),
  'run-not-nested': user(400),
  'run-not-found': user(404),
  'split-empty-part': user(422),
  'split-unknown': user(422),
  'splitter-rows-too-many': user(422),
  'splits-invalid': user(422),
  'state-unreadable': ours(500),
  'task-columns-invalid': user(422),
  // generative
  'component-downloading': user(409),
  'component-not-downloaded': user(409),
  'component-present': user(409),
  'download-failed': user(422),
  'download-corrupt': user(422),
  'engine-failed': user(422),
  'generative-input-invalid': user(422),
  'generative-parameters-invalid': user(400),
  'generative-process-not-found': user(404),
  'generative-session-not-found': user(404),
  'media-not-found': user(404),
  'not-generative': user(400),
  'prompt-too-long': user(422),
  'weights-unusable': user(422),
  // tracked project, tracked run
  'swanlog-unreadable': user(422),
  'tracked-chart-not-found': user(404),
  'tracked-columns-uneven': user(422),
  'tracked-limit-passed': user(422),
  'tracked-logs-missing': user(404),
  'tracked-project-not-found': user(404),
  'tracked-requirements-missing': { status: 500, severity: 'info' },
  'tracked-run-busy': user(409),
  'tracked-run-gone': user(410),
  'tracked-run-not-found': user(404),
  'tracked-run-stopped': user(409),
  'tracked-series-not-found': user(404),
  // matyan
  'artifact-path-invalid': user(422),
  'tracked-archive-too-large': user(422),
  'tracked-file-missing': user(404),
  'tracked-file-not-found': user(404),
  'tracked-frame-invalid': user(400),
  'tracked-group-not-found': user(404),
  'tracked-message-invalid': user(422),
  'tracked-name-exists': user(400),
  'tracked-note-not-found': user(404),
  'tracked-run-foreign': user(409),
  'tracked-tag-not-found': user(404),
  'tracked-view-not-found': user(404),
  'upload-url-invalid': user(403),
  // query of tracked runs
  'query-invalid': user(400),
  'query-too-costly': user(400),
  // ml-dash, device login
  'authorization-pending': user(400),
  'cursor-invalid': user(400),
  'device-code-expired': user(400),
  'device-login-denied': user(400),
  'device-login-not-found': user(404),
  'device-login-too-fast': user(400),
  'file-checksum-differs': user(422),
  'tracked-metric-not-found': user(404),
  'tracked-node-misplaced': user(422),
  'tracked-node-not-found': user(404),
  'tracked-run-protected': user(403),
  'tracked-track-not-found': user(404),
  // notebook, explorer, converter, explainer
  'artifact-not-found': user(404),
  'category-unseen': user(422),
  'converter-columns-invalid': user(422),
  'converter-not-found': user(404),
  'converter-target-missing': user(422),
  'explained-rows-too-many': user(422),
  'explained-folds-elsewhere': user(422),
  'explainer-not-found': user(404),
  'explainer-not-finished': user(404),
  'explainer-scope-invalid': user(422),
  'explainer-scope-unknown': user(400),
  'report-empty': user(422),
  'report-not-found': user(404),
  'statistical-test-not-found': user(404),
  'statistical-test-unknown': user(400),
  'test-impossible': user(400),
  'explorer-columns-invalid': user(400),
  'explorer-not-finished': user(400),
  'explorer-not-found': user(404),
  'explorer-parameters-invalid': user(400),
  'notebook-not-found': user(404),
} as const satisfies Record<string, ErrorEntry>;

/** The code of an error, stable across releases and languages. */
export type ErrorCode = keyof typeof errorTable;
/** What an error's text is filled with: `{{name}}` in a text becomes `values.name`; words of ours among them are in every language. */
export type ErrorValues = Readonly<Record<string, string | number | LocalText>>;

/** The values as logs and stacks show them, in English. */
const inEnglish = (values: ErrorValues): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value.en : value]),
  );

/** Words that DashAI puts before what went wrong, on some routes; texts: libs/i18n. */
export type Opening =
  'input-refused' | 'job-undelivered' | 'job-unknown' | 'notebook-failed' | 'preview-failed' | 'types-failed';

/** An expected failure: a code and its values; the text is chosen at the edge, in the reader's language. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly status: number;
  readonly severity: Severity;
  readonly opening: Opening | undefined;

  constructor(
    readonly code: ErrorCode,
    readonly values: ErrorValues = {},
    { opening, ...options }: ErrorOptions & { readonly opening?: Opening } = {},
  ) {
    super(`${code} ${JSON.stringify(inEnglish(values))}`, options);
    this.status = errorTable[code].status;
    this.severity = errorTable[code].severity;
    this.opening = opening;
  }
}

/** An error as it is stored with a job and crosses process borders. */
export const StoredError = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.record(z.enum(LOCALES), z.string())])),
});
export type StoredError = z.infer<typeof StoredError>;

/** Any thrown thing as a stored error: unknown ones become `internal` with their message kept for the log only. */
export function toStoredError(error: unknown): StoredError {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in errorTable) {
    return StoredError.catch({ code: 'internal', values: {} }).parse({
      code: error.code,
      values: 'values' in error ? error.values : {},
    });
  }
  return { code: 'internal', values: {} };
}
