import { AppError, type Caller, type MatyanMessage, type MatyanMessageOf } from '#contract';
import type { NewLogLine, NewObject, NewPoint, TrackedRun, Tx } from '#tracking';

import type { Ports } from '../../ports.js';
import { artifactPath } from '../artifact-path.js';
import { applyRunChange } from '../change-run.js';
import { matyanProject } from '../matyan-project.js';
import { openMatyanRun, unnamed } from '../open-matyan-run.js';
import { keyOf, onePerKey } from './message-key.js';
import { newObjects } from './new-objects.js';

/** Who writes, and to which run; one for as long as a socket is open. */
export interface RunWriter {
  readonly caller: Caller;
  readonly hash: string;
  /** Found with the first message. */
  projectId?: number;
  /** The run while it is written to without a fault; the store knows itself when it was deleted. */
  run?: TrackedRun | undefined;
  /** When it was found, by `performance.now()`. */
  foundAt?: number;
}

/** Messages that follow each other and are stored together: numbers, log lines or objects; all others come alone. */
export type MessageGroup = readonly [MatyanMessage, ...MatyanMessage[]];

/** Messages that need to know no more of a run than which it is. */
const POURED: ReadonlySet<string> = new Set(['log_metric', 'log_custom_object', 'log_terminal_line', 'log_record']);
/** What may be said of a run that another client writes. */
const LABELS: ReadonlySet<string> = new Set(['set_run_property', 'add_tag', 'remove_tag']);

/** How long a run is believed to be as it was found: its client hears of a stop after this. */
const BELIEVED_MS = 1000;

/**
 * Stores messages of one type, all or none.
 * @throws AppError `tracked-run-gone`, `tracked-run-foreign`, `tracked-run-stopped`, and the store's.
 */
export async function applyGroup(ports: Ports, writer: RunWriter, group: MessageGroup): Promise<void> {
  const [first] = group;
  const projectId = (writer.projectId ??= await matyanProject(ports, writer.caller));
  const place = { projectId, hash: writer.hash, owner: writer.caller.user };
  if (first.type === 'create_run') {
    writer.run = undefined;
    return createRun(ports, place, first);
  }
  const believed = POURED.has(first.type) && performance.now() - (writer.foundAt ?? -Infinity) < BELIEVED_MS;
  const known = believed ? writer.run : undefined;
  if (known === undefined) writer.foundAt = performance.now();
  const run = known ?? (await openMatyanRun(ports, place));
  writer.run = undefined;
  await applyTo(ports, run, group);
  writer.run = run;
}

async function applyTo(ports: Ports, run: TrackedRun, group: MessageGroup): Promise<void> {
  const [first] = group;
  const label = LABELS.has(first.type);
  if (!label) refuseForeign(run);
  if (!label && run.status === 'cancelled') {
    // That it ends now is what was asked of it; it ended as it was stopped.
    if (first.type === 'finish_run') return;
    throw new AppError('tracked-run-stopped', { id: run.extId });
  }
  await applyKind(ports, run, group);
  // The store hears for itself from who logs; words about a run may come from anybody, but for those its own client sends.
  if (label && run.source === 'matyan') await ports.tracked.runs.touch(run.id);
}

async function applyKind(ports: Ports, run: TrackedRun, given: MessageGroup): Promise<void> {
  const [first] = given;
  const group = onePerKey(given);
  switch (first.type) {
    case 'log_metric':
      return ports.tracked.series.append(group.map((message) => newPoint(run, message as typeof first)));
    case 'log_custom_object':
      return ports.tracked.objects.put(await allObjects(ports, run, group as readonly (typeof first)[]));
    case 'log_terminal_line':
    case 'log_record': {
      const stream = first.type === 'log_record' ? 1 : 0;
      await ports.tracked.logs.append(
        run.id,
        stream,
        group.map((message) => newLine(message as typeof first)),
      );
      return;
    }
    default:
      return applyOnce(ports, run, first as MatyanMessageOf<Single>);
  }
}

type Single = Exclude<
  MatyanMessage['type'],
  'create_run' | 'log_metric' | 'log_custom_object' | 'log_terminal_line' | 'log_record'
>;

/** What comes again under its key was answered before, and changes nothing. */
async function applyOnce(ports: Ports, run: TrackedRun, message: MatyanMessageOf<Single>): Promise<void> {
  const { idempotency_key: key } = message;
  if (key === undefined) return applyOne(ports, run, message);
  await ports.db.transaction(async (tx) => {
    if (await ports.tracked.runs.isNew(run.id, key, tx)) await applyOne(ports, run, message, tx);
  });
}

async function applyOne(ports: Ports, run: TrackedRun, message: MatyanMessageOf<Single>, tx?: Tx): Promise<void> {
  const { tracked } = ports;
  switch (message.type) {
    case 'log_hparams':
      if (Object.keys(message.value).length > 0) await tracked.params.replace(run.id, ...endOfPath(message.value), tx);
      return;
    case 'set_run_property':
      return applyRunChange(ports, run, message, tx);
    case 'add_tag':
      await tracked.tags.add(run.id, message.tag_name, tx);
      return;
    case 'remove_tag':
      await tracked.tags.take(run.id, message.tag_name, tx);
      return;
    case 'blob_ref':
      return tracked.files.announce(run.id, artifactPath(message.artifact_path), tx);
    case 'finish_run':
      return tracked.runs.setStatus(run.id, 'completed', endOf(run, message.client_datetime ?? null), tx);
  }
}

/** Anew, whatever the run was before, unless its client wants to go on with it; what was logged stays. */
async function createRun(
  { tracked, db }: Ports,
  { projectId, hash, owner }: { projectId: number; hash: string; owner: string },
  { client_datetime: clientStartedAt, force_resume: resume, idempotency_key: key }: MatyanMessageOf<'create_run'>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const name = unnamed(hash);
    const given = { projectId, source: 'matyan', extId: hash, name, owner, clientStartedAt } as const;
    const { run, created } = await tracked.runs.open(given, tx);
    refuseForeign(run);
    if (key !== undefined && !(await tracked.runs.isNew(run.id, key, tx))) return;
    if (created) return;
    await tracked.runs.setStatus(run.id, 'running', {}, tx);
    const now = new Date();
    const fresh = { name, description: null, archived: false, groupId: null, startedAt: now, clientStartedAt };
    // By the client's clock it began as long before this as by ours.
    const resumed = {
      clientStartedAt: new Date(clientStartedAt.getTime() - (now.getTime() - run.startedAt.getTime())),
    };
    await tracked.runs.change(run.id, resume ? resumed : fresh, tx);
  });
}

function refuseForeign({ extId, source }: TrackedRun): void {
  if (source !== 'matyan') throw new AppError('tracked-run-foreign', { id: extId, source });
}

const newPoint = (run: TrackedRun, message: MatyanMessageOf<'log_metric'>): NewPoint => ({
  runId: run.id,
  name: message.name,
  ...(message.context ? { context: message.context } : {}),
  x: message.step,
  epoch: message.epoch,
  value: message.value,
  dtype: message.dtype ?? 'float',
  ...keyOf(message),
});

async function allObjects(
  ports: Ports,
  run: TrackedRun,
  messages: readonly MatyanMessageOf<'log_custom_object'>[],
): Promise<NewObject[]> {
  const objects: NewObject[] = [];
  for (const message of messages) objects.push(...(await newObjects(ports, run, message)));
  return objects;
}

function newLine(message: MatyanMessageOf<'log_terminal_line'> | MatyanMessageOf<'log_record'>): NewLogLine {
  if (message.type === 'log_terminal_line') {
    return { ts: new Date(), level: 20, message: message.line, seq: message.step, ...keyOf(message) };
  }
  const { extra_args: args = null, logger_info: info = null } = message;
  const meta = args === null && info === null ? null : { args, logger_info: info };
  return {
    ts: new Date(message.timestamp * 1000),
    level: message.level,
    message: message.message,
    meta,
    ...keyOf(message),
  };
}

/** Down the tree while an object has one key; what lies there is put in place of what was. */
function endOfPath(value: unknown): [path: string[], value: unknown] {
  const path: string[] = [];
  let end = value;
  for (;;) {
    const keys = typeof end === 'object' && end !== null && !Array.isArray(end) ? Object.keys(end) : [];
    const [key] = keys;
    if (keys.length !== 1 || key === undefined) return [path, end];
    path.push(key);
    end = (end as Record<string, unknown>)[key];
  }
}

/** By the client's own clock, which need not be ours: as long after the beginning as it says. One that was put back meanwhile says nothing. */
function endOf({ startedAt, clientStartedAt }: TrackedRun, clientEnd: Date | null): { endedAt?: Date } {
  if (clientStartedAt === null || clientEnd === null) return {};
  const lasted = clientEnd.getTime() - clientStartedAt.getTime();
  if (lasted < 0) return {};
  return { endedAt: new Date(startedAt.getTime() + lasted) };
}
