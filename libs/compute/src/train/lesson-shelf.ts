import type { RowSet } from '#components';
import type { Encoded, EncoderState } from '#frame';

/** Training rows ready to be learnt from, and other rows encoded as they are. */
export interface Lesson {
  readonly encoder: EncoderState;
  readonly encoded: Encoded;
  /** Rows that models of this lesson were scored on. */
  readonly scored: Map<RowSet, Encoded>;
}

/** Lessons that a search learns from again and again, as many as memory has room for: a fold at least, and often all of them. */
export interface LessonShelf<L extends Lesson> {
  /** The lesson of these rows, used just now. */
  find(rows: RowSet): L | undefined;
  /** The lesson this encoder was learnt in, if it is still there. */
  by(encoder: EncoderState): L | undefined;
  /** Drops those not used for longest until so many more cells have room; the last used stays if `keepLast`. */
  makeRoom(cells: number, keepLast?: boolean): void;
  put(rows: RowSet, lesson: L): void;
}

/** A shelf for this many cells of encoded rows. */
export function lessonShelf<L extends Lesson>(most: number): LessonShelf<L> {
  // The order of the map is the order of use.
  const lessons = new Map<RowSet, L>();
  const cells = (): number =>
    [...lessons.values()].reduce(
      (sum, { encoded, scored }) => [encoded, ...scored.values()].reduce((all, { data }) => all + data.length, sum),
      0,
    );
  return {
    find(rows) {
      const found = lessons.get(rows);
      if (!found) return undefined;
      lessons.delete(rows);
      lessons.set(rows, found);
      return found;
    },
    by: (encoder) => [...lessons.values()].find((lesson) => lesson.encoder === encoder),
    makeRoom(wanted, keepLast = false) {
      const least = keepLast ? 1 : 0;
      for (const rows of [...lessons.keys()]) {
        if (lessons.size <= least || cells() + wanted <= most) return;
        lessons.delete(rows);
      }
    },
    put: (rows, lesson) => void lessons.set(rows, lesson),
  };
}
