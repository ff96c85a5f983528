import { Controller, Inject } from '@nestjs/common';

import { datasetSourceRoutes, type InputOf } from '#contract';
import { describeHubDataset, importDatafile, type Ports, previewDatafile, searchHub } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class DatasetSourceController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(datasetSourceRoutes.search)
  search({ params, query }: InputOf<typeof datasetSourceRoutes.search>) {
    return searchHub(this.ports, params.source, query);
  }

  @Implements(datasetSourceRoutes.info)
  info({ params }: InputOf<typeof datasetSourceRoutes.info>) {
    return describeHubDataset(this.ports, params.source, params.id);
  }

  @Implements(datasetSourceRoutes.preview)
  preview({ params, body }: InputOf<typeof datasetSourceRoutes.preview>, { requestId }: Call) {
    return previewDatafile(this.ports, params.source, body, requestId);
  }

  @Implements(datasetSourceRoutes.import)
  import({ params, body }: InputOf<typeof datasetSourceRoutes.import>, { requestId }: Call) {
    return importDatafile(this.ports, params.source, body, requestId);
  }
}
