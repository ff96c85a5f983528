import type { DataSource } from 'typeorm';

import { AppError } from '#contract';

import type { NoteOwner, TrackedNote, TrackedNotes } from './label-types.js';
import { checkText } from './limits.js';
import { sqlOf } from './sql.js';
import { uuidsOf } from './uuid.js';

interface NoteRow {
  readonly id: string;
  readonly content: string;
  readonly created: Date;
  readonly last_modified: Date;
}
const COLUMNS = 'id, content, created, last_modified';
const toNote = ({ last_modified: lastModified, ...note }: NoteRow): TrackedNote => ({ ...note, lastModified });
const of = (owner: NoteOwner): readonly [column: string, id: number | string] =>
  'runId' in owner ? ['run_id', owner.runId] : ['group_id', owner.groupId];

/** What people write about runs and groups. */
export function openNotes(db: DataSource): TrackedNotes {
  const sql = sqlOf(db);
  const one = async (owner: NoteOwner, id: string, before: string, after: string, values: unknown[] = []) => {
    const [column, ownerId] = of(owner);
    const [row] = await sql<NoteRow>(`${before} WHERE ${column} = $1 AND id = ANY($2::uuid[]) ${after}`, [
      ownerId,
      uuidsOf([id]),
      ...values,
    ]);
    if (!row) throw new AppError('tracked-note-not-found', { id });
    return toNote(row);
  };
  return {
    async list(owner) {
      const [column, id] = of(owner);
      const rows = await sql<NoteRow>(
        `SELECT ${COLUMNS} FROM tracked_note WHERE ${column} = $1 ORDER BY created, id LIMIT 10000`,
        [id],
      );
      return rows.map(toNote);
    },
    async create(owner, content) {
      const [column, id] = of(owner);
      const [row] = await sql<NoteRow>(
        `INSERT INTO tracked_note (${column}, content) VALUES ($1, $2) RETURNING ${COLUMNS}`,
        [id, checkText('content', content)],
      );
      return toNote(row!);
    },
    get: (owner, id) => one(owner, id, `SELECT ${COLUMNS} FROM tracked_note`, ''),
    change: (owner, id, content) =>
      one(owner, id, 'UPDATE tracked_note SET content = $3, last_modified = now()', `RETURNING ${COLUMNS}`, [
        checkText('content', content),
      ]),
    async remove(owner, id) {
      await one(owner, id, 'DELETE FROM tracked_note', `RETURNING ${COLUMNS}`);
    },
  };
}
