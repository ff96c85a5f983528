import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanTagRoutes } from '#contract';
import { changeTag, createTag, getTag, listTags, type Ports, removeTag, taggedRuns } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanTagController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanTagRoutes.list)
  list(_input: InputOf<typeof matyanTagRoutes.list>, { caller }: Call) {
    return listTags(this.ports, caller);
  }

  @Implements(matyanTagRoutes.search)
  search({ query }: InputOf<typeof matyanTagRoutes.search>, { caller }: Call) {
    return listTags(this.ports, caller, query.q);
  }

  @Implements(matyanTagRoutes.create)
  create({ body }: InputOf<typeof matyanTagRoutes.create>, { caller }: Call) {
    return createTag(this.ports, caller, body);
  }

  @Implements(matyanTagRoutes.get)
  get({ params }: InputOf<typeof matyanTagRoutes.get>, { caller }: Call) {
    return getTag(this.ports, caller, params.id);
  }

  @Implements(matyanTagRoutes.change)
  change({ params, body }: InputOf<typeof matyanTagRoutes.change>, { caller }: Call) {
    return changeTag(this.ports, caller, params.id, body);
  }

  @Implements(matyanTagRoutes.remove)
  remove({ params }: InputOf<typeof matyanTagRoutes.remove>, { caller }: Call) {
    return removeTag(this.ports, caller, params.id);
  }

  @Implements(matyanTagRoutes.runs)
  runs({ params }: InputOf<typeof matyanTagRoutes.runs>, { caller }: Call) {
    return taggedRuns(this.ports, caller, params.id);
  }
}
