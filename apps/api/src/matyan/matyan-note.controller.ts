import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanExperimentNoteRoutes, matyanRunNoteRoutes } from '#contract';
import {
  changeMatyanNote, createMatyanNote, getMatyanNote, listMatyanNotes, type NotedThing, type Ports, removeMatyanNote,
} from '#workflow'; // prettier-ignore

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

type NoteRoutes = typeof matyanRunNoteRoutes | typeof matyanExperimentNoteRoutes;
type In<K extends keyof NoteRoutes> = InputOf<NoteRoutes[K]>;

/** The five routes of notes, about whatever an id of their path names. */
function noteController(routes: NoteRoutes, about: (id: string) => NotedThing) {
  @Controller()
  class NoteController {
    constructor(@Inject(PORTS) private readonly ports: Ports) {}

    @Implements(routes.list)
    list({ params }: In<'list'>, { caller }: Call) {
      return listMatyanNotes(this.ports, caller, about(params.id));
    }

    @Implements(routes.create)
    create({ params, body }: In<'create'>, { caller }: Call) {
      return createMatyanNote(this.ports, caller, about(params.id), body.content);
    }

    @Implements(routes.get)
    get({ params }: In<'get'>, { caller }: Call) {
      return getMatyanNote(this.ports, caller, about(params.id), params.note_id);
    }

    @Implements(routes.change)
    change({ params, body }: In<'change'>, { caller }: Call) {
      return changeMatyanNote(this.ports, caller, about(params.id), { id: params.note_id, content: body.content });
    }

    @Implements(routes.remove)
    remove({ params }: In<'remove'>, { caller }: Call) {
      return removeMatyanNote(this.ports, caller, about(params.id), params.note_id);
    }
  }
  return NoteController;
}

export const MatyanRunNoteController = noteController(matyanRunNoteRoutes, (run) => ({ run }));
export const MatyanExperimentNoteController = noteController(matyanExperimentNoteRoutes, (experiment) => ({
  experiment,
}));
