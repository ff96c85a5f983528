import { Controller, Inject } from '@nestjs/common';

import { type InputOf, datasetRoutes } from '#contract';
import { problemText } from '#i18n';
import {
  copyDataset,
  createDataset,
  uploadDataset,
  validateTypeChanges,
  exportDataset,
  exportTable,
  filterTable,
  getDataset,
  imageOfTable,
  infoOfTable,
  listDatasets,
  modelSessionsExist,
  pageTable,
  patchDataset,
  previewFile,
  removeDataset,
  removeDatasets,
  renameColumn,
  sampleTable,
  setEncoder,
  typesOfTable,
  type Ports,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class DatasetController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(datasetRoutes.list)
  list() {
    return listDatasets(this.ports);
  }

  @Implements(datasetRoutes.create)
  create({ body, form, files }: InputOf<typeof datasetRoutes.create>, call: Call) {
    return body ? createDataset(this.ports, body) : uploadDataset(this.ports, form ?? {}, files, call.requestId);
  }

  @Implements(datasetRoutes.previewWithTypes)
  previewWithTypes({ form, files }: InputOf<typeof datasetRoutes.previewWithTypes>, call: Call) {
    return previewFile(this.ports, form, files, call.requestId);
  }

  @Implements(datasetRoutes.loadPreview)
  loadPreview({ form, files }: InputOf<typeof datasetRoutes.loadPreview>, call: Call) {
    return previewFile(this.ports, form, files, call.requestId);
  }

  @Implements(datasetRoutes.inferDatatypes)
  async inferDatatypes({ form, files }: InputOf<typeof datasetRoutes.inferDatatypes>, call: Call) {
    return (await previewFile(this.ports, form, files, call.requestId)).inferred_types;
  }

  @Implements(datasetRoutes.validateTypeChanges)
  validateTypeChanges({ form, files }: InputOf<typeof datasetRoutes.validateTypeChanges>, call: Call) {
    return validateTypeChanges(this.ports, form, files, {
      requestId: call.requestId,
      say: ({ code, values }) => problemText(code, values, call.locale),
    });
  }

  @Implements(datasetRoutes.filter)
  filter({ query }: InputOf<typeof datasetRoutes.filter>) {
    return filterTable(this.ports, query);
  }

  @Implements(datasetRoutes.filePage)
  filePage({ query }: InputOf<typeof datasetRoutes.filePage>) {
    return pageTable(this.ports, query);
  }

  @Implements(datasetRoutes.fileInfo)
  fileInfo({ query }: InputOf<typeof datasetRoutes.fileInfo>) {
    return infoOfTable(this.ports, query.path);
  }

  @Implements(datasetRoutes.fileSample)
  fileSample({ query }: InputOf<typeof datasetRoutes.fileSample>) {
    return sampleTable(this.ports, query.path);
  }

  @Implements(datasetRoutes.fileTypes)
  fileTypes({ query }: InputOf<typeof datasetRoutes.fileTypes>) {
    return typesOfTable(this.ports, query.path);
  }

  @Implements(datasetRoutes.fileExport)
  fileExport({ query }: InputOf<typeof datasetRoutes.fileExport>) {
    return exportTable(this.ports, query);
  }

  @Implements(datasetRoutes.fileImage)
  fileImage({ query }: InputOf<typeof datasetRoutes.fileImage>) {
    return imageOfTable(this.ports, query);
  }

  @Implements(datasetRoutes.copy)
  copy({ body }: InputOf<typeof datasetRoutes.copy>) {
    return copyDataset(this.ports, body);
  }

  @Implements(datasetRoutes.get)
  get({ params }: InputOf<typeof datasetRoutes.get>) {
    return getDataset(this.ports, params.id);
  }

  @Implements(datasetRoutes.patch)
  patch({ params, body }: InputOf<typeof datasetRoutes.patch>) {
    return patchDataset(this.ports, params.id, body);
  }

  @Implements(datasetRoutes.remove)
  remove({ params }: InputOf<typeof datasetRoutes.remove>) {
    return removeDataset(this.ports, params.id);
  }

  @Implements(datasetRoutes.removeMany)
  removeMany({ body }: InputOf<typeof datasetRoutes.removeMany>) {
    return removeDatasets(this.ports, body.ids);
  }

  @Implements(datasetRoutes.sample)
  sample({ params }: InputOf<typeof datasetRoutes.sample>) {
    return sampleTable(this.ports, params.id);
  }

  @Implements(datasetRoutes.info)
  info({ params }: InputOf<typeof datasetRoutes.info>) {
    return infoOfTable(this.ports, params.id);
  }

  @Implements(datasetRoutes.types)
  types({ params }: InputOf<typeof datasetRoutes.types>) {
    return typesOfTable(this.ports, params.id);
  }

  @Implements(datasetRoutes.modelSessionsExist)
  modelSessionsExist({ params }: InputOf<typeof datasetRoutes.modelSessionsExist>) {
    return modelSessionsExist(this.ports, params.id);
  }

  @Implements(datasetRoutes.export)
  export({ params }: InputOf<typeof datasetRoutes.export>) {
    return exportDataset(this.ports, params.id);
  }

  @Implements(datasetRoutes.renameColumn)
  renameColumn({ params, body }: InputOf<typeof datasetRoutes.renameColumn>) {
    return renameColumn(this.ports, params.id, body);
  }

  @Implements(datasetRoutes.setEncoder)
  setEncoder({ params, body }: InputOf<typeof datasetRoutes.setEncoder>) {
    return setEncoder(this.ports, params.id, params.column, body.encoder);
  }
}
