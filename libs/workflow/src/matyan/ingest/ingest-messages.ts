import { AppError, MatyanMessage, type MatyanReply } from '#contract';
import { errorText } from '#i18n';

import { brokenInfrastructure, persist } from '../../job/broken-infrastructure.js';
import type { Ports } from '../../ports.js';
import { applyGroup, type MessageGroup, type RunWriter } from './apply-message.js';

/** Messages that are stored together when they follow each other. */
const TOGETHER: ReadonlySet<string> = new Set(['log_metric', 'log_custom_object', 'log_terminal_line', 'log_record']);
/** How long a frame waits for a database that is away: its client drops what is answered with an error, and sends again after 15 s. */
const OUTAGE_MS = 60_000;

/**
 * Stores the messages of a frame in their order and answers once they are committed. The first bad one ends the frame: those before it
 * are stored, those after it are not. An outage is waited out.
 */
export async function ingestMessages(
  ports: Ports,
  writer: RunWriter,
  items: readonly unknown[],
  signal: AbortSignal,
): Promise<MatyanReply> {
  const { messages, refused } = goodBeginning(items);
  let done = 0;
  for (const group of grouped(messages)) {
    const failed = await applyOrHalve(ports, writer, group, signal);
    if (failed !== undefined) return failure(ports, failed.error, done + failed.at);
    done += group.length;
  }
  return refused === undefined ? { status: 'ok', error: null } : failure(ports, refused, done);
}

/** Messages up to the first that is none. */
function goodBeginning(items: readonly unknown[]): { messages: MatyanMessage[]; refused?: AppError } {
  const messages: MatyanMessage[] = [];
  for (const item of items) {
    const parsed = MatyanMessage.safeParse(item);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const reason = [issue!.path.join('.'), issue!.message].filter((part) => part !== '').join(': ');
      return { messages, refused: new AppError('tracked-message-invalid', { index: messages.length, reason }) };
    }
    messages.push(parsed.data);
  }
  return { messages };
}

function* grouped(messages: readonly MatyanMessage[]): Generator<MessageGroup> {
  let from = 0;
  while (from < messages.length) {
    const first = messages[from]!;
    let to = from + 1;
    if (TOGETHER.has(first.type)) while (messages[to]?.type === first.type) to++;
    yield [first, ...messages.slice(from + 1, to)];
    from = to;
  }
}

interface Failed {
  readonly error: unknown;
  /** Messages of the group that are stored. */
  readonly at: number;
}

/** A group that is refused as a whole is stored one by one, up to the message that cannot be. */
async function applyOrHalve(
  ports: Ports,
  writer: RunWriter,
  group: MessageGroup,
  signal: AbortSignal,
): Promise<Failed | undefined> {
  const error = await applyPatiently(ports, writer, group, signal);
  if (error === undefined) return undefined;
  if (group.length === 1 || !isRefusal(error)) return { error, at: 0 };
  const middle = Math.ceil(group.length / 2);
  const [first, second] = [group.slice(0, middle), group.slice(middle)] as unknown as [MessageGroup, MessageGroup];
  const before = await applyOrHalve(ports, writer, first, signal);
  if (before !== undefined) return before;
  const after = await applyOrHalve(ports, writer, second, signal);
  return after && { error: after.error, at: middle + after.at };
}

/** What no message of the run escapes. */
const OF_RUN: ReadonlySet<string> = new Set(['tracked-run-gone', 'tracked-run-foreign', 'tracked-run-stopped']);
/** What a message is to blame for; these and outages concern all of them. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && error.status < 500 && !OF_RUN.has(error.code);

async function applyPatiently(
  ports: Ports,
  writer: RunWriter,
  group: MessageGroup,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    await persist(() => applyGroup(ports, writer, group), AbortSignal.any([signal, AbortSignal.timeout(OUTAGE_MS)]));
    return undefined;
  } catch (error) {
    return error ?? new AppError('internal');
  }
}

function failure({ log }: Ports, error: unknown, index: number): MatyanReply {
  const known = error instanceof AppError ? error : brokenInfrastructure(error);
  if (known === undefined) log.error({ err: error }, 'a message could not be stored');
  const { code, values } = known ?? new AppError('internal');
  if ('index' in values) return { status: 'error', error: errorText(code, { ...values, index }, 'en') };
  const text = errorText(code, values, 'en');
  if (!isRefusal(error)) return { status: 'error', error: text };
  const reason = text.replace(/\.$/, '');
  return { status: 'error', error: errorText('tracked-message-invalid', { index, reason }, 'en') };
}
