export { type DeviceCode, login, type LoginOptions } from './access/login.js';
export { forgetToken, storeToken } from './access/tokens.js';
export { Experiment, type ExperimentOptions, type Mode } from './experiment/experiment.js';
export { type Level, LEVELS } from './experiment/levels.js';
export type { Log, LogOptions, Logs } from './experiment/logs.js';
export type { Params } from './experiment/params.js';
export type { RunValues } from './experiment/prefix.js';
export type { RunControl } from './experiment/run-control.js';
export type { Track, Tracks } from './experiment/tracks.js';
export type { FileBuilder, FileOptions, FrameOptions, SaveOptions } from './files/file-builder.js';
export type { Files } from './files/files.js';
export type { RawFrame } from './files/video.js';
export { aggregate, type Aggregation, AGGREGATIONS } from './metrics/aggregate.js';
export type { MetricBuilder } from './metrics/metric-builder.js';
export type { Metrics } from './metrics/metrics.js';
export type { MetricsBuffer, PeekOptions } from './metrics/metrics-buffer.js';
export type { SummaryCache } from './metrics/summary-cache.js';
export { sendWaiting } from './remote/send-waiting.js';
export type {
  Entry, FileEntry, Flushed, MetricAbout, MetricStats, MetricSummary, Row, RowsPage, Status, TrackRange, TrackSummary,
} from './sink.js'; // prettier-ignore
export {
  Audio, Distribution, type DistributionInput, Figure, Image, type ImageEncoding, type Media, Text,
} from './matyan/media.js'; // prettier-ignore
export { type FoundRun, type PageOptions, Repo } from './matyan/repo.js';
export { Run, type RunOptions, type TrackOptions } from './matyan/run.js';
export type { RunInfo, RunProps, TraceInfo } from './matyan/run-info.js';
export type { Samples } from './matyan/wav.js';
export { type ImportedSwanlog, type ImportOptions, importSwanlog } from './swanlab/import-swanlog.js';
export type { Leaves } from './values/flatten.js';
export type { Plain } from './values/plain.js';
