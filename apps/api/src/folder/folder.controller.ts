import { Controller, Inject } from '@nestjs/common';

import { type InputOf, folderRoutes } from '#contract';
import { createFolder, listFolders, removeFolder, renameFolder, type Ports } from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class FolderController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(folderRoutes.list)
  list() {
    return listFolders(this.ports);
  }

  @Implements(folderRoutes.create)
  create({ body }: InputOf<typeof folderRoutes.create>) {
    return createFolder(this.ports, body);
  }

  @Implements(folderRoutes.rename)
  rename({ params, body }: InputOf<typeof folderRoutes.rename>) {
    return renameFolder(this.ports, params.id, body);
  }

  @Implements(folderRoutes.remove)
  remove({ params }: InputOf<typeof folderRoutes.remove>) {
    return removeFolder(this.ports, params.id);
  }
}
