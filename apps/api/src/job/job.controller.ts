import { Controller, Inject } from '@nestjs/common';

import { AppError, type InputOf, jobRoutes } from '#contract';
import {
  cancelAll,
  cancelJob,
  jobChanges,
  jobDetails,
  jobEvents,
  jobStatus,
  listJobs,
  nothingPending,
  pendingJob,
  type Ports,
  submitForm,
} from '#workflow';

import type { Call } from '../http/call.js';
import { Implements } from '../http/implements.decorator.js';
import { PORTS } from '../ports.js';

@Controller()
export class JobController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Implements(jobRoutes.submit)
  submit({ form, files }: InputOf<typeof jobRoutes.submit>, { requestId }: Call) {
    const cells = files.filter(({ field }) => field !== 'file');
    return submitForm(this.ports, { ...form, file: files.find(({ field }) => field === 'file'), cells, requestId });
  }

  @Implements(jobRoutes.list)
  list(_input: InputOf<typeof jobRoutes.list>, { locale }: Call) {
    return listJobs(this.ports, locale);
  }

  @Implements(jobRoutes.status)
  status({ params }: InputOf<typeof jobRoutes.status>, { locale }: Call) {
    return jobStatus(this.ports, params.id, locale);
  }

  @Implements(jobRoutes.changes)
  changes({ query }: InputOf<typeof jobRoutes.changes>, { locale }: Call) {
    return jobChanges(this.ports, query.since, locale);
  }

  @Implements(jobRoutes.events)
  events({ query }: InputOf<typeof jobRoutes.events>, { lastEventId, locale, signal }: Call) {
    return jobEvents(this.ports, { since: lastEventId ?? query.since, locale, signal });
  }

  @Implements(jobRoutes.isEmpty)
  async isEmpty() {
    return { is_empty: await nothingPending(this.ports) };
  }

  @Implements(jobRoutes.cancelAll)
  cancelAll() {
    return cancelAll(this.ports);
  }

  @Implements(jobRoutes.details)
  details({ params }: InputOf<typeof jobRoutes.details>, { locale }: Call) {
    return jobDetails(this.ports, params.id, locale);
  }

  @Implements(jobRoutes.get)
  get({ params }: InputOf<typeof jobRoutes.get>) {
    return pendingJob(this.ports, params.id);
  }

  @Implements(jobRoutes.cancel)
  cancel({ params }: InputOf<typeof jobRoutes.cancel>) {
    return cancelJob(this.ports, params.id);
  }

  @Implements(jobRoutes.patch)
  patch(): never {
    throw new AppError('not-implemented');
  }
}
