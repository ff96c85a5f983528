import { Controller, Inject } from '@nestjs/common';

import { type InputOf, notebookRoutes } from '#contract';
import {
  createNotebook,
  getNotebook,
  listNotebooks,
  notebookConverters,
  notebookExplorers,
  removeNotebook,
  removeNotebooks,
  renameNotebook,
  type Ports,
} from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class NotebookController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(notebookRoutes.create)
  create({ body }: InputOf<typeof notebookRoutes.create>) {
    return createNotebook(this.ports, body);
  }

  @Implements(notebookRoutes.list)
  list() {
    return listNotebooks(this.ports);
  }

  @Implements(notebookRoutes.get)
  get({ params }: InputOf<typeof notebookRoutes.get>) {
    return getNotebook(this.ports, params.id);
  }

  @Implements(notebookRoutes.patch)
  patch({ params, body }: InputOf<typeof notebookRoutes.patch>) {
    return renameNotebook(this.ports, params.id, body);
  }

  @Implements(notebookRoutes.remove)
  remove({ params }: InputOf<typeof notebookRoutes.remove>) {
    return removeNotebook(this.ports, params.id);
  }

  @Implements(notebookRoutes.removeMany)
  removeMany({ body }: InputOf<typeof notebookRoutes.removeMany>) {
    return removeNotebooks(this.ports, body.ids);
  }

  @Implements(notebookRoutes.explorers)
  explorers({ params, query }: InputOf<typeof notebookRoutes.explorers>) {
    return notebookExplorers(this.ports, params.id, query);
  }

  @Implements(notebookRoutes.converters)
  converters({ params }: InputOf<typeof notebookRoutes.converters>) {
    return notebookConverters(this.ports, params.id);
  }
}
