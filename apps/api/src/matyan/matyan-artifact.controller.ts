import { Controller, Inject } from '@nestjs/common';

import { type InputOf, matyanArtifactRoutes } from '#contract';
import { downloadArtifact, downloadArtifacts, type Ports, presignArtifact, receiveArtifact } from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class MatyanArtifactController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(matyanArtifactRoutes.presign)
  presign({ body }: InputOf<typeof matyanArtifactRoutes.presign>, { caller, origin }: Call) {
    const { run_id: run, artifact_path: path, content_type: type } = body;
    return presignArtifact(this.ports, caller, { run, path, type, origin });
  }

  @Implements(matyanArtifactRoutes.upload)
  upload({ query, bytes }: InputOf<typeof matyanArtifactRoutes.upload>) {
    return receiveArtifact(this.ports, query.token, bytes);
  }

  @Implements(matyanArtifactRoutes.download)
  download({ params, query }: InputOf<typeof matyanArtifactRoutes.download>, { caller }: Call) {
    return downloadArtifact(this.ports, caller, { hash: params.id, path: query.path });
  }

  @Implements(matyanArtifactRoutes.downloadAll)
  downloadAll({ params }: InputOf<typeof matyanArtifactRoutes.downloadAll>, { caller }: Call) {
    return downloadArtifacts(this.ports, caller, params.id);
  }
}
