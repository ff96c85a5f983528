import { type Caller, MATYAN_SEQUENCES, type MatyanRunInfo, type MatyanSequence } from '#contract';
import type { TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';
import { artifactUri } from './blob-uri.js';
import { matyanRun } from './matyan-project.js';
import { runParams } from './run-params.js';
import { runProps } from './run-props.js';
import { sequenceOf } from './sequence-kinds.js';

/** Everything about a run but its points. @throws AppError `tracked-run-not-found`. */
export async function matyanRunInfo(
  ports: Ports,
  caller: Caller,
  given: { readonly hash: string; readonly skipSystem: boolean; readonly sequences?: readonly string[] | undefined },
): Promise<MatyanRunInfo> {
  const run = await matyanRun(ports, caller, given.hash);
  const [series, props, files] = await Promise.all([
    ports.tracked.series.list([run.id]),
    runProps(ports, [run]),
    ports.tracked.files.list(run.id, { outside: 'seq' }),
  ]);
  const uri = await artifactUri(ports, run.projectId);
  return {
    params: runParams(run, given),
    traces: traces(series, wanted(given.sequences)),
    props: props.get(run.id)!,
    artifacts: files.map(({ path, name }) => ({ name, path, uri: uri(run.id, path) })),
  };
}

/** Without a choice all of them; what is no sequence chooses nothing. */
function wanted(asked: readonly string[] = []): readonly MatyanSequence[] {
  return asked.length === 0 ? MATYAN_SEQUENCES : MATYAN_SEQUENCES.filter((kind) => asked.includes(kind));
}

function traces(series: readonly TrackedSeries[], kinds: readonly MatyanSequence[]): MatyanRunInfo['traces'] {
  const found: MatyanRunInfo['traces'] = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (const { kind, name, context, lastValue } of series) {
    const sequence = sequenceOf(kind);
    // Objects have no last value; the client counts them 0.
    const last = kind === 'number' ? finite(lastValue) : 0;
    found[sequence]?.push({ name, context, ...(sequence === 'metric' ? { last_value: last } : {}) });
  }
  return found;
}

/** JSON has no word for the others. */
export const finite = (value: number | null): number | null => (Number.isFinite(value) ? value : null);
