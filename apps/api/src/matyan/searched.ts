import type { InputOf, matyanSearchRoutes as routes } from '#contract';
import type { ObjectRanges, RunsSearched } from '#workflow';

/** What a search of runs was asked, in our words. */
export function runsSearched(query: InputOf<typeof routes.runs>['query']): RunsSearched {
  return {
    query: query.q,
    limit: query.limit,
    after: query.offset,
    order: query.sort.map(({ field, order }) => ({ field, descending: order === 'desc' })),
    skipSystem: query.skip_system,
    params: !query.exclude_params,
    traces: !query.exclude_traces,
    progress: query.report_progress,
  };
}

/** Which steps and objects of a step were asked for, in our words. */
export function objectRanges(query: InputOf<typeof routes.objectBatch>['query']): ObjectRanges {
  return {
    records: query.record_range,
    recordDensity: query.record_density,
    indexes: query.index_range,
    indexDensity: query.index_density,
  };
}
