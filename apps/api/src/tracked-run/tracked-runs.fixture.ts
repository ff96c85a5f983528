import type { WireTrackedRun, WireTrackedSeries } from '#contract';

import { type ApiHouse, type Told, told } from '../api.fixture.js';

interface Logged {
  readonly added: number;
  /** Of a refusal. */
  readonly code: string;
}

interface OpenedExperiment {
  readonly experiment: { readonly id: string };
  readonly node: { readonly id: string };
  readonly project: { readonly id: string };
}

/** Tracked runs by our own routes, as a spec asks for them. */
export interface TrackedRuns {
  readonly open: (body: object) => Promise<WireTrackedRun>;
  readonly log: (id: number, ...series: object[]) => Promise<Told<Logged>>;
  readonly run: (id: number) => Promise<WireTrackedRun>;
  readonly seriesOf: (id: number) => Promise<WireTrackedSeries[]>;
  /** One made as ML-Dash does. */
  readonly newExperiment: (name: string, more?: object) => Promise<{ id: string; node: string; project: string }>;
}

export function trackedRuns(house: ApiHouse): TrackedRuns {
  const path = (id: number): string => `/api/v1/tracked-run/${id}`;
  return {
    open: async (body) => (await told<WireTrackedRun>(house, 'POST', '/api/v1/tracked-run/', body)).body,
    log: (id, ...series) => told<Logged>(house, 'POST', `${path(id)}/points`, { series }),
    run: async (id) => (await told<WireTrackedRun>(house, 'GET', path(id))).body,
    seriesOf: async (id) => (await told<WireTrackedSeries[]>(house, 'GET', `${path(id)}/series`)).body,
    newExperiment: async (name, more) => {
      const json = { type: 'EXPERIMENT', name, projectSlug: 'bad input', ...more };
      const { body } = await told<OpenedExperiment>(house, 'POST', '/api/namespaces/local/nodes', json);
      return { id: body.experiment.id, node: body.node.id, project: body.project.id };
    },
  };
}
