import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanRunNoteRoutes } from '#contract';
import {
  changeMatyanNote,
  createMatyanNote,
  getMatyanNote,
  listMatyanNotes,
  type Ports,
  removeMatyanNote,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanRunNoteController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanRunNoteRoutes.list)
  list({ params }: InputOf<typeof matyanRunNoteRoutes.list>, { caller }: Call) {
    return listMatyanNotes(this.ports, caller, { run: params.id });
  }

  @Implements(matyanRunNoteRoutes.create)
  create({ params, body }: InputOf<typeof matyanRunNoteRoutes.create>, { caller }: Call) {
    return createMatyanNote(this.ports, caller, { run: params.id }, body.content);
  }

  @Implements(matyanRunNoteRoutes.get)
  get({ params }: InputOf<typeof matyanRunNoteRoutes.get>, { caller }: Call) {
    return getMatyanNote(this.ports, caller, { run: params.id }, params.note_id);
  }

  @Implements(matyanRunNoteRoutes.change)
  change({ params, body }: InputOf<typeof matyanRunNoteRoutes.change>, { caller }: Call) {
    return changeMatyanNote(this.ports, caller, { run: params.id }, { id: params.note_id, content: body.content });
  }

  @Implements(matyanRunNoteRoutes.remove)
  remove({ params }: InputOf<typeof matyanRunNoteRoutes.remove>, { caller }: Call) {
    return removeMatyanNote(this.ports, caller, { run: params.id }, params.note_id);
  }
}
