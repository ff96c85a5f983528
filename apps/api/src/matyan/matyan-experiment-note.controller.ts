import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanExperimentNoteRoutes } from '#contract';
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
export class MatyanExperimentNoteController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanExperimentNoteRoutes.list)
  list({ params }: InputOf<typeof matyanExperimentNoteRoutes.list>, { caller }: Call) {
    return listMatyanNotes(this.ports, caller, { experiment: params.id });
  }

  @Implements(matyanExperimentNoteRoutes.create)
  create({ params, body }: InputOf<typeof matyanExperimentNoteRoutes.create>, { caller }: Call) {
    return createMatyanNote(this.ports, caller, { experiment: params.id }, body.content);
  }

  @Implements(matyanExperimentNoteRoutes.get)
  get({ params }: InputOf<typeof matyanExperimentNoteRoutes.get>, { caller }: Call) {
    return getMatyanNote(this.ports, caller, { experiment: params.id }, params.note_id);
  }

  @Implements(matyanExperimentNoteRoutes.change)
  change({ params, body }: InputOf<typeof matyanExperimentNoteRoutes.change>, { caller }: Call) {
    return changeMatyanNote(
      this.ports,
      caller,
      { experiment: params.id },
      { id: params.note_id, content: body.content },
    );
  }

  @Implements(matyanExperimentNoteRoutes.remove)
  remove({ params }: InputOf<typeof matyanExperimentNoteRoutes.remove>, { caller }: Call) {
    return removeMatyanNote(this.ports, caller, { experiment: params.id }, params.note_id);
  }
}
