import { z } from 'zod';

import { Done, EntityId, EpochSeconds, RunHash } from './matyan-wire.js';
import { route } from './route.js';

const common = { tag: 'matyan', dialect: 'matyan' } as const;
const NoteBody = z.object({ content: z.string().max(65_536) });
const Note = z.object({ id: z.string(), content: z.string(), updated_at: EpochSeconds });
const NoteRow = z.object({ ...Note.shape, created_at: EpochSeconds });
const NewNote = z.object({ id: z.string(), created_at: EpochSeconds });

/** The five routes of notes about a run or about an experiment, by the path of what they are about. */
const noteRoutes = <
  const P extends string,
  const I extends z.ZodType,
  const E extends 'tracked-run-not-found' | 'tracked-group-not-found',
>(owner: {
  path: P;
  id: I;
  missing: E;
  noun: string;
}) => {
  const OfOwner = z.object({ id: owner.id });
  const OfNote = z.object({ id: owner.id, note_id: EntityId });
  const errors = [owner.missing, 'tracked-note-not-found'] as const;
  return {
    list: route({
      ...common,
      method: 'GET',
      path: `${owner.path}/note/`,
      summary: `List the notes about ${owner.noun}`,
      params: OfOwner,
      status: 200,
      answer: z.array(NoteRow),
      errors: [owner.missing],
    }),
    create: route({
      ...common,
      method: 'POST',
      path: `${owner.path}/note/`,
      summary: `Add a note to ${owner.noun}`,
      params: OfOwner,
      body: NoteBody,
      status: 201,
      answer: NewNote,
      errors: [owner.missing],
    }),
    get: route({
      ...common,
      method: 'GET',
      path: `${owner.path}/note/:note_id/`,
      summary: `Read a note about ${owner.noun}`,
      params: OfNote,
      status: 200,
      answer: Note,
      errors,
    }),
    change: route({
      ...common,
      method: 'PUT',
      path: `${owner.path}/note/:note_id/`,
      summary: `Rewrite a note about ${owner.noun}`,
      params: OfNote,
      body: NoteBody,
      status: 200,
      answer: Note,
      errors,
    }),
    remove: route({
      ...common,
      method: 'DELETE',
      path: `${owner.path}/note/:note_id/`,
      summary: `Delete a note about ${owner.noun}`,
      params: OfNote,
      status: 200,
      answer: Done,
      errors,
    }),
  } as const;
};

/** Notes about a run. */
export const matyanRunNoteRoutes = noteRoutes({
  path: '/rest/runs/:id',
  id: RunHash,
  missing: 'tracked-run-not-found',
  noun: 'a run',
});
/** Notes about an experiment. */
export const matyanExperimentNoteRoutes = noteRoutes({
  path: '/rest/experiments/:id',
  id: EntityId,
  missing: 'tracked-group-not-found',
  noun: 'an experiment',
});
