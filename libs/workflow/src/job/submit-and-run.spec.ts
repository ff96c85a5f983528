import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { AppError, STATUS, type StoredError } from '#contract';
import { uploadKey } from '#storage';
import { redisAvailable, testDatabase, testRedis } from '#testing';

import { gate, type TestHouse, testHouse } from './jobs.fixture.js';
import { jobDetails, jobStatus, listJobs, nothingPending, pendingJob } from './read-jobs.js';
import { submitForm } from './submit-form.js';
import { submitJob } from './submit-job.js';
import { sweepJobs } from './sweep-jobs.js';

const kinds = ['Postgres', ...(redisAvailable ? ['Redis'] : [])];

describe.each(kinds)('jobs submitted and run on %s', (kind) => {
  let house: TestHouse;
  const drops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const database = await testDatabase({ migrated: true });
    const redis = kind === 'Redis' ? await testRedis() : undefined;
    house = await testHouse({ databaseUrl: database.url, redisUrl: redis?.url });
    await house.startWorker();
    drops.push(() => house.close(), database.drop, ...(redis ? [redis.drop] : []));
  });
  afterAll(async () => {
    for (const drop of drops) await drop();
  });

  test('a job runs once, its row and its data set go the same way', async () => {
    const { open, entered, behaviour } = gate();
    const id = await house.newDataset(behaviour);
    const { id: jobId } = await house.submit(id);
    await entered;
    expect(await jobStatus(house.ports, jobId)).toMatchObject({
      status: 'started',
      job_name: `Dataset: ${id}`,
      error: null,
    });
    expect(await jobStatus(house.ports, jobId, 'de')).toMatchObject({ job_name: `Datensatz: ${id}` });
    expect(await listJobs(house.ports, 'zh')).toContainEqual(
      expect.objectContaining({ id: jobId, job_name: `数据集：${id}` }),
    );
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.started, huey_id: jobId, end_time: null });
    expect(await pendingJob(house.ports, jobId)).toEqual({ kwargs: { dataset_id: id, params: {} } });
    expect(await nothingPending(house.ports)).toBe(false);
    open();
    await house.until(jobId, 'finished');
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.finished, total_rows: 1 });
    expect(await jobStatus(house.ports, jobId)).toMatchObject({ progress: 100 });
    expect(await jobDetails(house.ports, jobId)).toMatchObject({
      entity_type: 'dataset',
      entity_id: id,
      status: 'finished',
    });
    await expect(pendingJob(house.ports, jobId)).rejects.toMatchObject({ code: 'job-not-found' });
  });

  test('submitting again while it lives answers the same job', async () => {
    const { open, behaviour } = gate();
    const id = await house.newDataset(behaviour);
    const answers = await Promise.all([house.submit(id), house.submit(id), house.submit(id)]);
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    open();
    await house.until(answers[0].id, 'finished');
    expect((await house.submit(id)).id).not.toBe(answers[0].id);
  });

  test('refuses what cannot be a job', async () => {
    const { ports } = house;
    await expect(submitJob(ports, { type: 'NoJob', kwargs: {} })).rejects.toMatchObject({ code: 'job-type-unknown' });
    await expect(submitJob(ports, { type: 'constructor', kwargs: {} })).rejects.toMatchObject({
      code: 'job-type-unknown',
    });
    await expect(submitJob(ports, { type: 'DatasetJob', kwargs: { dataset_id: 'x' } })).rejects.toMatchObject({
      code: 'job-kwargs-invalid',
    });
    const submitted = (note: unknown): Promise<unknown> =>
      submitJob(ports, { type: 'DatasetJob', kwargs: { dataset_id: 1, params: { note } } });
    for (const note of ['a\0b', '\ud800'])
      await expect(submitted(note)).rejects.toMatchObject({ code: 'text-unstorable' });
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
    await expect(submitted(deep)).rejects.toMatchObject({ code: 'job-kwargs-invalid' });
    await expect(house.submit(999_999)).rejects.toMatchObject({ code: 'dataset-not-found' });
    await expect(jobStatus(ports, 'no-uuid')).rejects.toMatchObject({ code: 'job-not-found' });
    await expect(jobStatus(ports, randomUUID())).rejects.toMatchObject({ code: 'job-not-found' });
  });

  test('a form may wrap its arguments, and never names a key of the storage', async () => {
    const { ports } = house;
    const id = await house.newDataset();
    const form = { job_type: 'DatasetJob', requestId: 'request 1' };
    const forged = { key: 'tables/other', filename: 'x' };
    const sent = JSON.stringify({ kwargs: { dataset_id: id, upload: forged }, upload: forged });
    const { id: jobId } = await submitForm(ports, { ...form, kwargs: sent, n_sample: '5' });
    expect(await house.job(jobId)).toMatchObject({
      kwargs: { dataset_id: id, n_sample: 5, params: {} },
      request_id: 'request 1',
    });
    await house.until(jobId, 'finished');
    for (const kwargs of ['{', '[]', '7', undefined]) {
      await expect(submitForm(ports, { ...form, kwargs })).rejects.toBeInstanceOf(AppError);
    }
    const internal = {
      ...form,
      job_type: 'PreviewFileJob',
      kwargs: JSON.stringify({ upload: forged, params: {}, changes: null }),
    };
    // The types that are told to a client are those it may submit.
    const known = expect.stringMatching(/^DatasetJob, (?!.*PreviewFileJob)/) as string;
    const refusal = { code: 'job-type-unknown', values: { type: 'PreviewFileJob', known } };
    await expect(submitForm(ports, internal)).rejects.toMatchObject(refusal);
  });

  test('an uploaded file gives the job its id and goes when nothing is made of it', async () => {
    const { storage } = house.ports;
    const id = randomUUID();
    const file = {
      id,
      key: uploadKey(id),
      field: 'file',
      filename: 'a.csv',
      mediaType: 'text/csv',
      sizeBytes: 1,
      sha256: '',
    };
    await storage.write(file.key, Readable.from(['a']));
    const form = { job_type: 'DatasetJob', requestId: null, file };
    await expect(submitForm(house.ports, { ...form, kwargs: '{"dataset_id":999999}' })).rejects.toThrow();
    expect(await storage.exists(file.key)).toBe(false);
    const kwargs = JSON.stringify({ dataset_id: await house.newDataset() });
    expect(await submitForm(house.ports, { ...form, kwargs })).toEqual({ id });
    expect((await house.job(id))?.['kwargs']).toMatchObject({ upload: { key: file.key, filename: 'a.csv' } });
  });

  test.each([
    ['finished', () => Promise.resolve()],
    ['error', () => Promise.reject(new AppError('file-empty'))],
  ])('the uploaded file is gone once the job is %s', async (state, behaviour) => {
    const { storage } = house.ports;
    const id = randomUUID();
    await storage.write(uploadKey(id), Readable.from(['a']));
    const kwargs = { dataset_id: await house.newDataset(behaviour) };
    await submitJob(house.ports, { type: 'DatasetJob', kwargs, id });
    await house.until(id, state);
    await vi.waitFor(async () => expect(await storage.exists(uploadKey(id))).toBe(false), 60_000);
  });

  test("a person's error is final, with its code and text", async () => {
    const id = await house.newDataset(() => Promise.reject(new AppError('file-empty')));
    const { id: jobId } = await house.submit(id);
    await house.until(jobId, 'error');
    expect(await house.job(jobId)).toMatchObject({ attempt: 1, error: { code: 'file-empty' } });
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.error, total_rows: null });
    expect((await jobStatus(house.ports, jobId, 'de')).error).toMatch(/Datei/);
  });

  test('a mistake of ours is an internal error and tells nothing', async () => {
    const { id } = await house.submit(await house.newDataset(() => Promise.reject(new TypeError('secret'))));
    await house.until(id, 'error');
    expect((await house.job(id))?.['error']).toEqual({ code: 'internal', values: {} });
  });

  test('broken infrastructure is tried again until the attempts are spent', async () => {
    let rounds = 0;
    const id = await house.newDataset(() => {
      rounds++;
      return Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    });
    const { id: jobId } = await house.submit(id);
    const sweeping = setInterval(() => void sweepJobs(house.ports, { everything: true }), 100);
    await house.until(jobId, 'killed');
    clearInterval(sweeping);
    expect(rounds).toBe(3);
    expect((await house.job(jobId))?.['error']).toMatchObject({ code: 'attempts-spent' });
    expect(await house.dataset(id)).toMatchObject({ status: STATUS.error });
  });

  test('a full disk says so when it stays full', async () => {
    const { id } = await house.submit(
      await house.newDataset(() => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))),
    );
    const sweeping = setInterval(() => void sweepJobs(house.ports, { everything: true }), 100);
    await house.until(id, 'error');
    clearInterval(sweeping);
    expect((await house.job(id))?.['error']).toEqual({ code: 'storage-full', values: {} } satisfies StoredError);
  });

  test('progress is written for those who watch, not more than four times a second', async () => {
    const seen: unknown[] = [];
    const { id } = await house.submit(
      await house.newDataset(async ({ job: { id }, progress }) => {
        for (let step = 0; step <= 20; step++) {
          progress(step / 20, 'training');
          await sleep(25);
          const now = (await house.job(id))?.['progress'];
          if (seen.at(-1) !== now) seen.push(now);
        }
      }),
    );
    await house.until(id, 'finished');
    const numbers = seen.filter((value) => typeof value === 'number');
    expect(numbers.length).toBeGreaterThanOrEqual(2);
    expect(numbers.length).toBeLessThanOrEqual(6);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });
});
