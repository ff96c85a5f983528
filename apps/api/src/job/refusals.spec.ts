import { randomUUID } from 'node:crypto';

import { describe, it } from 'vitest';

import { apiHouse, formOf } from '../api.fixture.js';
import { meetRefusal, type Refused } from '../refusal.fixture.js';

const UPLOAD_BYTES = 2000;
const house = apiHouse({ env: { MILLRACE_UPLOAD_BYTES: `${UPLOAD_BYTES}` } });

const POST = ['POST', '/job/'] as const;
const job = (type: string, kwargs: string, file?: Blob) => formOf({ job_type: type, kwargs }, file, 'data.csv');
const submissions: readonly Refused[] = [
  ['missing-job-fields', 422, ...POST, formOf({}), 'job_type or kwargs'],
  ['missing-job-fields', 422, ...POST, formOf({ job_type: 'ModelJob' }), 'job_type or kwargs'],
  ['job-type-unknown', 422, ...POST, job('NoJob', '{}'), '"NoJob". Use one of: DatasetJob, ModelJob, '],
  [
    'job-type-unknown',
    422,
    ...POST,
    job('PreviewFileJob', '{}'),
    '"PreviewFileJob". Use one of: DatasetJob, ModelJob, ',
  ],
  ['job-kwargs-invalid', 422, ...POST, job('ModelJob', '{'), 'kwargs ≠ JSON.'],
  ['job-kwargs-invalid', 422, ...POST, job('ModelJob', '[1]'), 'kwargs ≠ JSON object'],
  ['job-kwargs-invalid', 422, ...POST, job('ModelJob', '{}'), 'run_id'],
  ['upload-too-large', 413, ...POST, job('DatasetJob', '{"dataset_id":1}', new Blob(['x'.repeat(UPLOAD_BYTES + 1)])), `${UPLOAD_BYTES} bytes`], // prettier-ignore
];

const unknown = (method: string, path: string): readonly Refused[] =>
  ['nobody', randomUUID()].map((id) => ['job-not-found', 404, method, path.replace(':id', id), undefined, `id=${id}`]);
const others: readonly Refused[] = [
  ...unknown('GET', '/job/status/:id'),
  ...unknown('GET', '/job/:id/details'),
  ...unknown('GET', '/job/:id'),
  ...unknown('DELETE', '/job/:id'),
  ['not-implemented', 501, 'PATCH', '/job/', undefined, 'not implemented'],
];

describe('a job that is refused leaves no row and no file', () => {
  it.each([...submissions, ...others])('%s: %i %s %s', (...row) => meetRefusal(house, {}, row));
});
