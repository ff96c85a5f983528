import { Controller, Inject } from '@nestjs/common';

import { datafileRoutes, type InputOf } from '#contract';
import { createDatafile, datafileFiles, getDatafile, listDatafiles, type Ports, removeDatafile } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class DatafileController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(datafileRoutes.list)
  list(_input: InputOf<typeof datafileRoutes.list>, { locale }: Call) {
    return listDatafiles(this.ports, locale);
  }

  @Implements(datafileRoutes.create)
  create({ body }: InputOf<typeof datafileRoutes.create>, { locale }: Call) {
    return createDatafile(this.ports, body, locale);
  }

  @Implements(datafileRoutes.get)
  get({ params }: InputOf<typeof datafileRoutes.get>, { locale }: Call) {
    return getDatafile(this.ports, params.id, locale);
  }

  @Implements(datafileRoutes.files)
  files({ params }: InputOf<typeof datafileRoutes.files>) {
    return datafileFiles(this.ports, params.id);
  }

  @Implements(datafileRoutes.remove)
  remove({ params }: InputOf<typeof datafileRoutes.remove>) {
    return removeDatafile(this.ports, params.id);
  }
}
