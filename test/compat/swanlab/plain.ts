/* What two servers cannot share is taken out or named: ids, moments of their own rows, and the differences listed in the spec. */
import type { Data } from './dashboard.js';

type Plain = Record<string, unknown>;

const without = (value: object, ...keys: string[]): Plain =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** Milliseconds are what the store keeps of a moment. */
const toMs = (date: unknown): number | null =>
  typeof date === 'string' ? Date.parse(date.replace(/(\.\d{3})\d+/, '$1')) : null;

/** An experiment without its id, its place (the original leaves gaps) and when its row changed. */
export function plainExperiment(experiment: object): Plain {
  const plain = without(experiment, 'id', 'experiment_id', 'sort', 'update_time');
  return {
    ...plain,
    create_time: toMs(plain['create_time']),
    finish_time: toMs(plain['finish_time']),
    ...(plain['project_id'] ? { project_id: plainProject(plain['project_id']) } : {}),
  };
}

/** A project's fields; its name is that of the folder there and of the import here, its count one of starts there. */
export const plainProject = (project: object | null): Plain | null =>
  project &&
  without(
    project,
    'id',
    'name',
    'description',
    'sum',
    'charts',
    'version',
    'create_time',
    'update_time',
    'experiments',
  );

/** Charts and groups by name; `experiments` are names by id. */
export function plainCharts(
  { charts, namespaces }: Pick<Data, 'charts' | 'namespaces'>,
  experiments: ReadonlyMap<number, string>,
): { charts: Plain[]; namespaces: (Plain & { name: string; charts: (string | undefined)[] })[] } {
  const names = new Map(charts.map(({ id, name }) => [id, name]));
  const owner = (row: Pick<Data['namespaces'][number], 'project_id'> & { experiment_id?: object | null }): Plain => ({
    project_id: plainProject(row.project_id),
    ...(row.experiment_id === undefined
      ? {}
      : { experiment_id: row.experiment_id && plainExperiment(row.experiment_id) }),
  });
  return {
    charts: charts.map((chart) => ({
      ...without(chart, 'id', 'create_time', 'update_time'),
      ...owner(chart),
      source_map: Object.fromEntries(Object.entries(chart.source_map).map(([key, id]) => [key, experiments.get(id)])),
    })),
    namespaces: namespaces.map((namespace) => ({
      ...without(namespace, 'create_time', 'update_time'),
      ...owner(namespace),
      name: namespace.name,
      id: namespace.id < 0 ? namespace.id : 'a group',
      charts: namespace.charts.map((id) => names.get(id)),
    })),
  };
}

/** A tag's answer with moments in milliseconds. */
export const plainTag = (data: Data): { list: (Plain & { index: number })[] } & Plain => ({
  ...without(data, 'experiment_id'),
  list: data.list.map((entry) => ({ ...entry, create_time: toMs(entry.create_time) })),
});
