import { Controller, Inject } from '@nestjs/common';

import { type InputOf, trackedImportRoutes } from '#contract';
import { type Ports, readImport, startImport } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class TrackedImportController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(trackedImportRoutes.create)
  create({ form, files }: InputOf<typeof trackedImportRoutes.create>, { caller, requestId }: Call) {
    return startImport(this.ports, { caller, projectSlug: form.project }, { file: files[0], requestId });
  }

  @Implements(trackedImportRoutes.get)
  get({ params }: InputOf<typeof trackedImportRoutes.get>, { caller, locale }: Call) {
    return readImport(this.ports, caller, params.id, locale);
  }
}
