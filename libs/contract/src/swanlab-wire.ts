import { z } from 'zod';

/** A date as Python writes it: `2026-01-31T10:22:05.123456+00:00`. */
const SwanDate = z.string().meta({ examples: ['2026-01-31T10:22:05.123456+00:00'] });
const Flag = z.int().min(0).max(1);
const text = z.string();
const nullableText = z.string().nullable();
const plain = z.record(z.string(), z.unknown());

/** SwanLab's envelope around a successful answer. */
export const swanOk = <S extends z.ZodType>(data: S) =>
  z.object({ code: z.literal(0), message: z.literal('success'), data });
/** The same without data. */
export const SwanDone = z.object({ code: z.literal(0), message: z.literal('success') }).meta({ id: 'SwanLabDone' });

const project = {
  id: z.int(),
  name: text,
  description: nullableText,
  sum: z.int().meta({ description: 'Number of experiments' }),
  charts: Flag.meta({ description: '1 once anything was logged' }),
  more: text,
  pinned_opened: Flag,
  hidden_opened: Flag,
  version: text,
  create_time: SwanDate,
  update_time: SwanDate,
};
/** A project as it stands within charts and experiments. */
export const SwanProject = z.object(project).meta({ id: 'SwanLabProject' });
export type SwanProject = z.infer<typeof SwanProject>;

/** A run's state: 0 running, 1 finished, -1 stopped or crashed. */
const Status = z.literal([0, 1, -1]).meta({ description: '0 running, 1 finished, -1 stopped or crashed' });
/** SwanLab's whole idea of a run's state: 0 running, 1 finished, -1 stopped or crashed. */
export type SwanStatus = z.infer<typeof Status>;
const experiment = {
  id: z.int(),
  run_id: text,
  name: text,
  description: nullableText,
  sort: z.int().meta({ description: 'Its place in the project, from 1' }),
  status: Status,
  show: Flag,
  more: text,
  version: text,
  create_time: SwanDate,
  finish_time: SwanDate.nullable(),
  update_time: SwanDate,
};
const colours = { light: text, dark: text, pinned_opened: Flag, hidden_opened: Flag };
const Config = z.record(z.string(), z.object({ value: z.unknown(), desc: text, sort: z.int() }));

/** An experiment without what only some routes add. */
export const SwanPlainExperiment = z.object({ ...experiment, project_id: SwanProject });
export type SwanPlainExperiment = z.infer<typeof SwanPlainExperiment>;
/** One of a project's list. */
export const SwanListedExperiment = z
  .object({ ...experiment, ...colours, experiment_id: z.int(), config: Config })
  .meta({ id: 'SwanLabListedExperiment' });
export type SwanListedExperiment = z.infer<typeof SwanListedExperiment>;
/** One experiment with configuration and machine. */
export const SwanExperiment = z
  .object({ ...experiment, config: Config, system: plain })
  .meta({ id: 'SwanLabExperiment' });
export type SwanExperiment = z.infer<typeof SwanExperiment>;
/** An experiment as the owner of charts. */
const OwningExperiment = z.object({ ...experiment, ...colours, project_id: SwanProject }).meta({ id: 'SwanLabOwner' });
/** The experiment a chart or group belongs to. */
export type SwanOwningExperiment = z.infer<typeof OwningExperiment>;

/** A project with its experiments and the palette. */
export const SwanProjectDetails = z
  .object({
    ...project,
    logdir: text.meta({ description: 'Namespace and name of the project; never a path of the server' }),
    experiments: z.array(SwanListedExperiment),
    colors: z.object({ light: z.array(text), dark: z.array(text) }),
  })
  .meta({ id: 'SwanLabProjectDetails' });

const chart = {
  id: z.int(),
  name: text,
  description: nullableText,
  system: z.int(),
  type: text,
  reference: text,
  status: z.int(),
  sort: z.int().nullable(),
  config: z.null(),
  more: z.null(),
  create_time: SwanDate,
  update_time: SwanDate,
  error: z.record(z.string(), plain),
  source: z.array(text),
  multi: z.boolean(),
  source_map: z.record(z.string(), z.int()),
  project_id: SwanProject.nullable(),
};
/** A chart of an experiment. */
export const SwanChart = z.object(chart).meta({ id: 'SwanLabChart' });
/** A chart with its owner, across experiments or of one. */
export const SwanOwnedChart = z
  .object({ ...chart, experiment_id: OwningExperiment.nullable() })
  .meta({ id: 'SwanLabOwnedChart' });
export type SwanOwnedChart = z.infer<typeof SwanOwnedChart>;

const namespace = {
  id: z.int().meta({ description: '-1 the pinned charts, -2 the hidden ones' }),
  name: text,
  opened: z.int(),
  experiment_id: OwningExperiment.nullable(),
  project_id: SwanProject.nullable(),
  description: nullableText.optional(),
  sort: z.int().optional(),
  more: z.null().optional(),
  create_time: SwanDate.optional(),
  update_time: SwanDate.optional(),
};
/** A group of charts. */
export const SwanNamespace = z.object({ ...namespace, charts: z.array(z.int()) }).meta({ id: 'SwanLabNamespace' });
export type SwanNamespace = z.infer<typeof SwanNamespace>;
/** A group with whole charts. */
export const SwanChartGroup = z
  .object({ ...namespace, charts: z.array(SwanOwnedChart) })
  .meta({ id: 'SwanLabChartGroup' });
/** Charts and groups of one experiment. */
export const SwanCharts = z.object({ charts: z.array(SwanChart), namespaces: z.array(SwanNamespace) });

/** One entry of a tag: a number (null when it is none), or names of files, texts, objects. */
export const SwanPoint = z
  .object({
    index: z.int(),
    data: z.unknown(),
    create_time: SwanDate,
    more: z.array(z.object({ caption: text }).nullable()).optional(),
    _last: z.literal(true).optional(),
  })
  .meta({ id: 'SwanLabPoint' });
export type SwanPoint = z.infer<typeof SwanPoint>;
/** A tag: at most 1,500 of its entries, and statistics of all. */
export const SwanTag = z.object({
  sum: z.int(),
  max: z.number().nullable().optional(),
  min: z.number().nullable().optional(),
  experiment_id: z.int(),
  list: z.array(SwanPoint),
});
export { SwanDate, Status as SwanStatus };
