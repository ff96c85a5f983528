import { Controller, Inject } from '@nestjs/common';

import { type InputOf, mlDashRoutes } from '#contract';
import {
  answerQuery, appendLogs, deleteNode, deleteProject, downloadFile, makeNode, patchNode, type Ports, readLogs, readNode, readParameters,
  searchFiles, setParameters, uploadFile,
} from '#workflow'; // prettier-ignore

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

/** The tree, parameters, logs and GraphQL of ML-Dash's client. */
@Controller()
export class MlDashController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(mlDashRoutes.make)
  make({ params, body, form, files }: InputOf<typeof mlDashRoutes.make>, { caller }: Call) {
    return form ? uploadFile(this.ports, caller, form, files[0]) : makeNode(this.ports, caller, params.namespace, body);
  }

  @Implements(mlDashRoutes.node)
  node({ params }: InputOf<typeof mlDashRoutes.node>, { caller }: Call) {
    return readNode(this.ports, caller, params.id);
  }

  @Implements(mlDashRoutes.change)
  change({ params, body }: InputOf<typeof mlDashRoutes.change>, { caller }: Call) {
    return patchNode(this.ports, caller, params.id, body);
  }

  @Implements(mlDashRoutes.remove)
  remove({ params }: InputOf<typeof mlDashRoutes.remove>, { caller }: Call) {
    return deleteNode(this.ports, caller, params.id);
  }

  @Implements(mlDashRoutes.download)
  download({ params }: InputOf<typeof mlDashRoutes.download>, { caller }: Call) {
    return downloadFile(this.ports, caller, params.id);
  }

  @Implements(mlDashRoutes.search)
  search({ query }: InputOf<typeof mlDashRoutes.search>, { caller }: Call) {
    return searchFiles(this.ports, caller, query);
  }

  @Implements(mlDashRoutes.removeProject)
  removeProject({ params }: InputOf<typeof mlDashRoutes.removeProject>, { caller }: Call) {
    return deleteProject(this.ports, caller, params.id);
  }

  @Implements(mlDashRoutes.parameters)
  parameters({ params }: InputOf<typeof mlDashRoutes.parameters>, { caller }: Call) {
    return readParameters(this.ports, caller, params.experimentId);
  }

  @Implements(mlDashRoutes.setParameters)
  setParameters({ params, body }: InputOf<typeof mlDashRoutes.setParameters>, { caller }: Call) {
    return setParameters(this.ports, caller, params.experimentId, body.data);
  }

  @Implements(mlDashRoutes.logs)
  logs({ params, query }: InputOf<typeof mlDashRoutes.logs>, { caller }: Call) {
    return readLogs(this.ports, caller, params.experimentId, query);
  }

  @Implements(mlDashRoutes.appendLogs)
  appendLogs({ params, body }: InputOf<typeof mlDashRoutes.appendLogs>, { caller }: Call) {
    return appendLogs(this.ports, caller, params.experimentId, body.logs);
  }

  @Implements(mlDashRoutes.graphql)
  graphql({ body }: InputOf<typeof mlDashRoutes.graphql>, { caller, locale }: Call) {
    return answerQuery(this.ports, { caller, locale }, body);
  }
}
