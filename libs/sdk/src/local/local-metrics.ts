import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isoNow } from '../clock.js';
import type { MetricAbout, MetricStats, MetricSummary, Row, RowsPage } from '../sink.js';
import { valueOf } from '../metrics/first-and-last.js';
import { appendLines, lastLine, readDocument, readLines, writeDocument } from './json-lines.js';
import { locked } from './lock.js';
import { folderOf, nameOf } from './safe-name.js';

/** The chunk size the Python client's local mode tells; nothing is chunked on disk. */
const CHUNK_SIZE = 10_000;

interface Line {
  readonly index: number;
  readonly data: Row;
  readonly createdAt: string;
}
interface About {
  readonly metricId: string;
  readonly name: string | null;
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly metadata?: unknown;
  readonly totalDataPoints: number;
  readonly nextIndex: number;
  readonly createdAt: string;
  readonly updatedAt?: string;
}

/** The unnamed metric lives in `None`, where Python's own `str(None)` puts it. */
function metricFolder(folder: string, name: string | null): string {
  const safe = name === null ? 'None' : name === 'None' ? '%4Eone' : folderOf(name);
  return join(folder, 'metrics', safe);
}

/** Appends rows to a metric; each gets the next index. */
export function appendRows(folder: string, name: string | null, rows: readonly Row[], about: MetricAbout): void {
  const metric = metricFolder(folder, name);
  mkdirSync(metric, { recursive: true });
  locked(join(metric, '.metadata.lock'), () => {
    const file = join(metric, 'metadata.json');
    const moment = isoNow();
    const there = readDocument<About>(file) ?? {
      metricId: `local-metric-${name ?? 'None'}`,
      name,
      description: about.description ?? null,
      tags: about.tags ?? [],
      metadata: about.metadata ?? null,
      totalDataPoints: 0,
      nextIndex: 0,
      createdAt: moment,
    };
    let next = 0;
    appendLines(join(metric, 'data.jsonl'), (last) => {
      // The file is the truth: a crash may have come between it and its description.
      next = ((last as Line | undefined)?.index ?? -1) + 1;
      return rows.map((data) => ({ index: next++, data, createdAt: moment }));
    });
    writeDocument(file, { ...there, totalDataPoints: next, nextIndex: next, updatedAt: moment });
  });
}

/** A page of rows; of a metric that is not there an empty one. */
export async function readRows(folder: string, name: string | null, start: number, limit: number): Promise<RowsPage> {
  const data: Line[] = [];
  let hasMore = false;
  for await (const line of readLines<Line>(join(metricFolder(folder, name), 'data.jsonl'), start)) {
    if (data.length === limit) {
      hasMore = true;
      break;
    }
    data.push(line);
  }
  return { data, startIndex: start, endIndex: start + data.length - 1, total: data.length, hasMore };
}

/** What is known of a metric. @throws Error when it is not there. */
export async function readStats(folder: string, name: string | null): Promise<MetricStats> {
  const metric = metricFolder(folder, name);
  const about = readDocument<About>(join(metric, 'metadata.json'));
  if (!about) throw new Error(`There is no metric ${name ?? 'without a name'} in ${folder}`);
  const lines = join(metric, 'data.jsonl');
  const [first] = (await readRows(folder, name, 0, 1)).data;
  const last = lastLine(lines) as Line | undefined;
  const count = (last?.index ?? -1) + 1;
  return {
    metricId: about.metricId,
    name: about.name,
    description: about.description ?? null,
    tags: about.tags ?? [],
    metadata: about.metadata ?? null,
    totalDataPoints: String(count),
    bufferedDataPoints: String(count),
    chunkedDataPoints: '0',
    totalChunks: 0,
    chunkSize: CHUNK_SIZE,
    firstDataAt: first?.createdAt ?? null,
    lastDataAt: last?.createdAt ?? null,
    createdAt: about.createdAt,
    updatedAt: about.updatedAt ?? about.createdAt,
    count,
    firstValue: valueOf(first?.data),
    lastValue: valueOf(last?.data),
  };
}

/** The metrics of a run by name. */
export function listMetrics(folder: string): MetricSummary[] {
  const metrics = join(folder, 'metrics');
  if (!existsSync(metrics)) return [];
  return readdirSync(metrics).flatMap((entry) => {
    const about = readDocument<About>(join(metrics, entry, 'metadata.json'));
    if (!about) return [];
    const { metricId, description = null, tags = [], totalDataPoints, createdAt } = about;
    const name = entry === 'None' ? null : (about.name ?? nameOf(entry));
    return [{ metricId, name, description, tags, totalDataPoints: String(totalDataPoints), createdAt }];
  });
}
