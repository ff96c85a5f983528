import { Controller } from '@nestjs/common';

import { hardwareRoutes } from '#contract';
import { readHardware } from '#workflow';

import { Implements } from '../http/implements.decorator.js';

@Controller()
export class HardwareController {
  @Implements(hardwareRoutes.read)
  read() {
    return readHardware();
  }
}
