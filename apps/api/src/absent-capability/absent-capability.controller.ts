import { Controller, Inject } from '@nestjs/common';

import { absentCapabilityRoutes as absent, AppError, type InputOf } from '#contract';
import { getGenerativeSession, type Ports } from '#workflow';

import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class AbsentCapabilityController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(absent.chunkingPresets)
  chunkingPresets(): [] {
    return [];
  }

  @Implements(absent.retrieverPresets)
  retrieverPresets(): [] {
    return [];
  }

  @Implements(absent.startIndexing)
  async startIndexing({ params }: InputOf<typeof absent.startIndexing>): Promise<null> {
    await getGenerativeSession(this.ports, params.id);
    throw new AppError('retrieval-not-offered');
  }

  @Implements(absent.documents)
  async documents({ params }: InputOf<typeof absent.documents>): Promise<[]> {
    await getGenerativeSession(this.ports, params.id);
    return [];
  }

  @Implements(absent.addDocument)
  async addDocument({ params }: InputOf<typeof absent.addDocument>): Promise<null> {
    await getGenerativeSession(this.ports, params.id);
    throw new AppError('retrieval-not-offered');
  }

  @Implements(absent.pipelines)
  pipelines(): [] {
    return [];
  }

  @Implements(absent.pipelineNodes)
  pipelineNodes(): [] {
    return [];
  }

  @Implements(absent.createPipeline)
  createPipeline(): null {
    throw new AppError('pipelines-not-offered');
  }
}
