/** A training script as people write it, in several manners: `node train.mjs <manner> <json>`. The SDK is the compiled one. */
import { setTimeout as sleep } from 'node:timers/promises';

const sdk = '../../../dist/libs/sdk/src';
const [manner, text] = process.argv.slice(2);
const { url, prefix, root = null, rows = 0, who = 0, pauseMs = 2 } = JSON.parse(text);
const say = (line) => process.stdout.write(`${line}\n`);
const SERIES = ['train', 'val', 'deep/name', null];

const manners = {
  /** Four series, a row each per step. */
  async steady() {
    const { Experiment } = await import(`${sdk}/index.js`);
    const exp = new Experiment(prefix, { dashUrl: url, dashRoot: root, echo: false });
    await exp.run(async () => {
      say(`id ${exp.id}`);
      for (let step = 0; step < rows; step += 1) {
        for (const name of SERIES) exp.metrics(name).log({ step, loss: 1 / (step + 1), who });
        if (step % 10 === 0) say(`step ${step}`);
        await sleep(pauseMs);
      }
    });
    say(`ended ${exp.run.status}`);
  },
  /** Logs, then waits until somebody ends it. */
  async endless() {
    const { Experiment } = await import(`${sdk}/index.js`);
    const exp = new Experiment(prefix, { dashUrl: url, dashRoot: root, echo: false });
    await exp.run.start();
    say(`id ${exp.id}`);
    for (let step = 0; step < rows; step += 1) exp.metrics('train').log({ step });
    exp.log('the last line');
    say('logged');
    setInterval(() => undefined, 1000);
  },
  /** Logs once it is told to, and ends without a goodbye. */
  async abrupt() {
    const { Experiment } = await import(`${sdk}/index.js`);
    const exp = new Experiment(prefix, { dashUrl: url, dashRoot: root, echo: false });
    await exp.run.start();
    say(`id ${exp.id}`);
    await new Promise((resolve) => process.stdin.once('data', resolve));
    for (let step = 0; step < rows; step += 1) exp.metrics('train').log({ step });
    process.exit(0);
  },
  async waiting() {
    const { sendWaiting } = await import(`${sdk}/index.js`);
    say(JSON.stringify(await sendWaiting({ timeoutMs: 20_000 })));
  },
  async dxp() {
    const { dxp } = await import(`${sdk}/auto-start.js`);
    dxp.params.set({ lr: 0.1 });
    dxp.metrics('train').log({ loss: 0.5 });
  },
  /** The same in Aim's words. */
  async run() {
    const { Run } = await import(`${sdk}/index.js`);
    const run = new Run({ repo: url, experiment: 'steady', captureTerminalLogs: false });
    say(`id ${run.hash}`);
    for (let step = 0; step < rows; step += 1) {
      for (const subset of ['a', 'b', 'c', 'd']) run.track(step / 2, 'loss', { context: { subset } });
      if (step % 10 === 0) say(`step ${step}`);
      await sleep(pauseMs);
    }
    await run.close();
    say('ended');
  },
};

await manners[manner]();
