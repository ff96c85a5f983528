import { Controller, Inject } from '@nestjs/common';

import { type InputOf, converterRoutes } from '#contract';
import { createConverter, finishedConverters, getConverter, removeConverter, type Ports } from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class ConverterController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(converterRoutes.create)
  create({ body }: InputOf<typeof converterRoutes.create>) {
    return createConverter(this.ports, body);
  }

  @Implements(converterRoutes.forNotebook)
  forNotebook({ params }: InputOf<typeof converterRoutes.forNotebook>) {
    return finishedConverters(this.ports, params.id);
  }

  @Implements(converterRoutes.get)
  get({ params }: InputOf<typeof converterRoutes.get>) {
    return getConverter(this.ports, params.id);
  }

  @Implements(converterRoutes.remove)
  remove({ params }: InputOf<typeof converterRoutes.remove>) {
    return removeConverter(this.ports, params.id);
  }
}
