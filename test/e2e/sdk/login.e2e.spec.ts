import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { type DeviceCode, Experiment, forgetToken, login, Repo, Run } from '#sdk';
import { type RunningMillrace, startMillrace } from '#testing';

const TOKEN = 'a-token-that-nobody-guesses';
let millrace: RunningMillrace;
let home: string;

beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', workers: 1, env: { MILLRACE_TOKEN: TOKEN } });
  home = await mkdtemp(join(tmpdir(), 'millrace-sdk-login-'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
  await millrace.stop();
});
beforeEach(() => {
  vi.stubEnv('ML_DASH_HOME', home);
  // Whoever runs the tests may have a token of their own.
  for (const name of ['ML_DASH_TOKEN', 'ML_DASH_API_KEY', 'MILLRACE_TOKEN']) vi.stubEnv(name, undefined);
});

/** What a person does on the page: says yes or no to a code. */
async function decide({ userCode }: DeviceCode, answer: object): Promise<void> {
  const { status } = await fetch(`${millrace.url}/api/v1/device-login/${userCode}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  });
  expect(status).toBe(204);
}
const signIn = async (answer: object): Promise<{ shown: DeviceCode; token: string }> => {
  const codes: DeviceCode[] = [];
  const token = await login({
    dashUrl: millrace.url,
    onCode: (code) => {
      codes.push(code);
      void decide(code, answer);
    },
  });
  return { shown: codes[0]!, token };
};

describe('signing in at a real server', () => {
  it('is refused until somebody lets the device in', async () => {
    const exp = new Experiment('ann/locked/run', { dashUrl: millrace.url, dashRoot: null, echo: false });
    await expect(exp.run.start()).rejects.toThrow(/lets nobody in without its token.*login/);
    await expect(new Repo(millrace.url).queryRuns()).rejects.toMatchObject({ status: 401 });
    await expect(signIn({ approve: false })).rejects.toThrow('refused in the browser');
    expect(forgetToken({ home })).toBe(false);
  });

  it('shows a code and its page, and what it got opens the trackers to everything of the SDK', async () => {
    const { shown, token } = await signIn({ approve: true, owner: 'ann' });
    expect(shown).toMatchObject({
      userCode: expect.stringMatching(/^[B-Z2-9]{4}-[B-Z2-9]{4}$/) as string,
      verificationUri: `${millrace.url}/app/device.html`,
      expiresInSeconds: 600,
    });
    expect(shown.verificationUriComplete).toBe(
      `${millrace.url}/app/device.html?code=${shown.userCode.replace('-', '')}`,
    );
    expect(token.split('.')).toHaveLength(3);

    const exp = new Experiment('ann/signed/run', { dashUrl: millrace.url, dashRoot: null, echo: false });
    await exp.run(async () => {
      exp.params.set({ lr: 0.1 });
      exp.metrics('train').log({ loss: 0.5 });
      expect(await exp.params.get()).toEqual({ lr: 0.1 });
    });
    const run = new Run({ repo: millrace.url, captureTerminalLogs: false });
    run.set('lr', 0.2);
    run.track(1, 'loss');
    await run.close();
    const repo = new Repo(millrace.url);
    expect((await repo.queryRuns('run.lr == 0.2')).map(({ hash }) => hash)).toEqual([run.hash]);
    // The login is all of it: the token opens no other route.
    const other = await fetch(`${millrace.url}/api/v1/dataset/`, { headers: { authorization: `Bearer ${token}` } });
    expect(other.status).toBe(403);
  });

  it('ends when the token is forgotten', async () => {
    expect(forgetToken({ home })).toBe(true);
    await expect(new Repo(millrace.url).queryRuns()).rejects.toMatchObject({ status: 401 });
  });
});
