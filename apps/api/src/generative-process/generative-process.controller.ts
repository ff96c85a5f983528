import { Controller, Inject } from '@nestjs/common';

import { type InputOf, generativeProcessRoutes } from '#contract';
import {
  createGenerativeProcess,
  getGenerativeProcess,
  listGenerativeProcesses,
  processResults,
  readMedia,
  removeGenerativeProcess,
  type Ports,
} from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class GenerativeProcessController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(generativeProcessRoutes.create)
  create({ form, files }: InputOf<typeof generativeProcessRoutes.create>) {
    return createGenerativeProcess(this.ports, form, files);
  }

  @Implements(generativeProcessRoutes.ofSession)
  ofSession({ params }: InputOf<typeof generativeProcessRoutes.ofSession>) {
    return listGenerativeProcesses(this.ports, params.id);
  }

  @Implements(generativeProcessRoutes.file)
  file({ params }: InputOf<typeof generativeProcessRoutes.file>) {
    return readMedia(this.ports, params.name);
  }

  @Implements(generativeProcessRoutes.image)
  image({ params }: InputOf<typeof generativeProcessRoutes.image>) {
    return readMedia(this.ports, params.name);
  }

  @Implements(generativeProcessRoutes.get)
  get({ params }: InputOf<typeof generativeProcessRoutes.get>) {
    return getGenerativeProcess(this.ports, params.id);
  }

  @Implements(generativeProcessRoutes.results)
  results({ params }: InputOf<typeof generativeProcessRoutes.results>) {
    return processResults(this.ports, params.id);
  }

  @Implements(generativeProcessRoutes.remove)
  remove({ params }: InputOf<typeof generativeProcessRoutes.remove>) {
    return removeGenerativeProcess(this.ports, params.id);
  }
}
