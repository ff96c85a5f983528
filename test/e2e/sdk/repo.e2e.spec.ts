import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Audio, Distribution, Figure, type FoundRun, Image, Repo, Run, Text } from '#sdk';
import { type RunningMillrace, startMillrace } from '#testing';

let millrace: RunningMillrace;
let repo: Repo;
let goesOn: Run;
/** Hashes of three runs, the oldest first: lr 0.1, 0.01, 0.001. */
const hashes: string[] = [];

beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres', workers: 1 });
  repo = new Repo(millrace.url);
  for (const [place, lr] of [0.1, 0.01, 0.001].entries()) {
    const run = new Run({ repo: millrace.url, experiment: place < 2 ? 'coarse' : 'fine', captureTerminalLogs: false });
    hashes.push(run.hash);
    run.name = `lr ${lr}`;
    run.set('hparams', { lr, layers: [1, 2], note: null });
    if (place === 1) run.addTag('best');
    for (let step = 0; step < 3; step += 1) run.track(lr * step, 'loss', { context: { subset: 'train' } });
    run.track(new Image({ data: new Uint8Array(12), width: 2, height: 2, channels: 3 }), 'picture');
    run.track(new Text('hello'), 'words');
    run.track(new Audio(new Float32Array(16), { rate: 8000 }), 'sound');
    run.track(new Distribution({ samples: [0, 1, 1, 2], binCount: 2 }), 'weights');
    run.track(new Figure({ data: [{ y: [1, 2] }], layout: {} }), 'curve');
    if (place < 2) await run.close();
    else {
      await run.flush();
      goesOn = run;
    }
  }
});
afterAll(async () => {
  await goesOn.close();
  await millrace.stop();
});

const found = (runs: readonly FoundRun[]): string[] => runs.map(({ hash }) => hash);
const [oldest, middle, newest] = [0, 1, 2].map((place) => () => hashes[place]!) as [
  () => string,
  () => string,
  () => string,
];

describe('a repo at a real server', () => {
  it('finds runs by parameters, tags, names and series, newest first, with all the server says of them', async () => {
    expect(found(await repo.queryRuns())).toEqual([newest(), middle(), oldest()]);
    expect(found(await repo.queryRuns('run.hparams.lr < 0.05'))).toEqual([newest(), middle()]);
    expect(found(await repo.queryRuns('"best" in run.tags and run.experiment == "coarse"'))).toEqual([middle()]);
    expect(found(await repo.queryRuns('run.metrics["loss", {"subset": "train"}].last > 0.1'))).toEqual([oldest()]);
    expect(found(await repo.queryRuns('run.active'))).toEqual([newest()]);
    const [run] = await repo.queryRuns('run.name == "lr 0.01"');
    expect(run!.params).toEqual({ hparams: { lr: 0.01, layers: [1, 2], note: null } });
    expect(run!.props).toMatchObject({ name: 'lr 0.01', active: false, experiment: { name: 'coarse' } });
  });

  it('pages through them, and lists them', async () => {
    const pages: string[][] = [];
    for await (const page of repo.queryRunPages('run.hparams.lr > 0', { limit: 2 })) pages.push(found(page));
    expect(pages).toEqual([[newest(), middle()], [oldest()]]);
    expect(found(await repo.queryRuns('', { offset: middle() }))).toEqual([oldest()]);
    expect(await repo.listAllRuns()).toEqual([newest(), middle(), oldest()]);
    expect(await repo.totalRunsCount()).toBe(3);
    expect(await repo.listActiveRuns()).toEqual([newest()]);
    expect((await repo.collectParamsInfo())[oldest()]).toMatchObject({ hparams: { lr: 0.1 } });
  });

  it('finds series and their values', async () => {
    const runs = await repo.queryMetrics(
      'metric.name == "loss" and metric.context.subset == "train" and run.hparams.lr == 0.1',
    );
    expect(found(runs)).toEqual([oldest()]);
    const [trace] = runs[0]!.traces as { name: string; context: object; values: Float64Array }[];
    expect(trace).toMatchObject({ name: 'loss', context: { subset: 'train' } });
    expect([...trace!.values]).toEqual([0, 0.1, 0.2]);
    expect(await repo.queryMetrics('metric.name == "gain"')).toEqual([]);
  });

  it.each([
    ['queryImages', 'images', 'picture'],
    ['queryTexts', 'texts', 'words'],
    ['queryAudios', 'audios', 'sound'],
    ['queryDistributions', 'distributions', 'weights'],
    ['queryFigureObjects', 'figures', 'curve'],
  ] as const)('%s finds objects of every run', async (method, kind, name) => {
    const runs = await repo[method](`${kind}.name == "${name}" and run.hparams.lr >= 0.01`);
    expect(found(runs)).toEqual([middle(), oldest()]);
    for (const { traces } of runs) expect(traces).toMatchObject([{ name }]);
    expect(await repo[method](`${kind}.name == "other"`)).toEqual([]);
  });

  it('says where a query cannot be read', async () => {
    await expect(repo.queryRuns('run.hparams.lr <')).rejects.toMatchObject({ status: 400, detail: expect.stringContaining('character 16') as string }); // prettier-ignore
  });

  it('reads a run, and deletes runs', async () => {
    expect(await (await repo.getRun(middle()))!.get('hparams.lr')).toBe(0.01);
    expect(await repo.getRun('none')).toBeUndefined();
    expect(await repo.deleteRuns([oldest(), 'none'])).toEqual([false, ['none']]);
    expect(await repo.listAllRuns()).toEqual([newest(), middle()]);
  });
});
