import type { Team, TeamWork } from '#linalg';

/**
 * The board of a team, on shared memory: the leader puts up the parts of a step, whoever is free takes one. Nobody waits for
 * a thread that has not taken a part, so one that starts late or gets no processor costs nothing. Each place has a cache
 * line of its own.
 */
const OPEN = 0;
/** Parts of the step that are not finished. */
const UNDONE = 16;
/** Followers that sleep until parts are put up. */
const ASLEEP = 32;
/** 1 when the team is at its end, 2 when a follower failed; its error lies behind the places. */
const OVER = 48;
const PLACES = 64;
const TEXT_BYTES = 4096;

/** How often to look before going to sleep: some tens of microseconds, about as long as it takes to wake up. */
const LOOKS = 5000;
/** Longest sleep between two looks at what else may have happened. */
const SLEEP_MS = 20;

/** A board for {@link leadTeam} and {@link followTeam}. */
export function teamBoard(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * PLACES + TEXT_BYTES));
}

/** The part taken, or −1. It counts down, so that a part taken is one of the step that is put up, however late it is taken. */
function take(board: Int32Array): number {
  let open = Atomics.load(board, OPEN);
  while (open > 0) {
    const found = Atomics.compareExchange(board, OPEN, open, open - 1);
    if (found === open) return open - 1;
    open = found;
  }
  return -1;
}

function sleepWhile(board: Int32Array, place: number, value: number): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(board, place) !== value) return;
  Atomics.wait(board, place, value, SLEEP_MS);
}

/** The side of the thread that puts up steps; it does parts itself. */
export function leadTeam(board: Int32Array, work: TeamWork): Team {
  const failIfFollowerFailed = (): void => {
    if (Atomics.load(board, OVER) !== 2) return;
    const text = new Uint8Array(board.buffer, 4 * PLACES).slice();
    throw new Error(`a helper thread failed: ${new TextDecoder().decode(text.subarray(0, text.indexOf(0)))}`);
  };
  return {
    run: (parts, tick) => {
      if (parts === 1) {
        work(0);
        tick?.();
        return;
      }
      Atomics.store(board, UNDONE, parts);
      Atomics.store(board, OPEN, parts);
      // The sleepers' count is raised before they look a last time, so nobody sleeps through this.
      if (Atomics.load(board, ASLEEP) > 0) Atomics.notify(board, OPEN);
      for (let part = take(board); part >= 0; part = take(board)) {
        try {
          work(part);
        } finally {
          Atomics.sub(board, UNDONE, 1);
        }
        tick?.();
      }
      for (let undone = Atomics.load(board, UNDONE); undone > 0; undone = Atomics.load(board, UNDONE)) {
        sleepWhile(board, UNDONE, undone);
        tick?.();
      }
      failIfFollowerFailed();
    },
    end: () => {
      Atomics.compareExchange(board, OVER, 0, 1);
      const untaken = Atomics.exchange(board, OPEN, 0);
      Atomics.notify(board, OPEN);
      // Whoever is in the middle of a part still writes to the memory of the task.
      for (let undone = Atomics.load(board, UNDONE); undone > untaken; undone = Atomics.load(board, UNDONE)) {
        sleepWhile(board, UNDONE, undone);
      }
    },
  };
}

/** The side of a helper thread: takes parts until the team is at its end or `leave` says so. Does not throw. */
export function followTeam(board: Int32Array, open: () => TeamWork, leave: () => boolean): void {
  if (Atomics.load(board, OVER) !== 0) return;
  let work: TeamWork;
  try {
    work = open();
  } catch (error) {
    fail(board, error);
    return;
  }
  while (Atomics.load(board, OVER) === 0 && !leave()) {
    for (let part = take(board); part >= 0; part = take(board)) {
      try {
        work(part);
      } catch (error) {
        fail(board, error);
      }
      if (Atomics.sub(board, UNDONE, 1) === 1) Atomics.notify(board, UNDONE);
    }
    for (let look = 0; look < LOOKS && Atomics.load(board, OPEN) === 0; look++);
    if (Atomics.load(board, OPEN) > 0) continue;
    Atomics.add(board, ASLEEP, 1);
    if (Atomics.load(board, OVER) === 0) Atomics.wait(board, OPEN, 0, SLEEP_MS);
    Atomics.sub(board, ASLEEP, 1);
  }
}

function fail(board: Int32Array, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  new Uint8Array(board.buffer, 4 * PLACES).set(new TextEncoder().encode(text).subarray(0, TEXT_BYTES - 1));
  Atomics.store(board, OVER, 2);
}
