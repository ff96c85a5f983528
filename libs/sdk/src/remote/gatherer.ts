import type { Settings } from '../settings.js';
import type * as Sinks from '../sink.js';
import type { Leaves } from '../values/flatten.js';
import { writeJson } from '../values/numbers-json.js';
import type { JsonParcel } from './parcel.js';

/** Larger bodies are sent in halves. */
const LARGEST_BODY = 4 * 1024 * 1024;

interface Heap {
  readonly limit: number;
  readonly items: unknown[];
  readonly pack: (items: readonly unknown[]) => Omit<JsonParcel, 'items' | 'lane'>;
}

/** Collects what is logged into requests of a good size. */
export class Gatherer {
  private readonly heaps = new Map<string, Heap>();
  /** Items that are in no parcel yet. */
  count = 0;

  constructor(
    private readonly settings: Settings,
    private readonly give: (parcel: JsonParcel) => void,
  ) {}

  row(metric: string | null, row: Sinks.Row, about: Sinks.MetricAbout): void {
    const name = encodeURIComponent(metric === null ? 'None' : metric);
    const path = `/experiments/{run}/metrics/${name}/append-batch`;
    const pack = (dataPoints: readonly unknown[]) => post(path, { dataPoints, ...about });
    this.put(`metric ${metric ?? ''}`, this.settings.metricBatchSize, row, pack);
  }

  log(line: Sinks.LogLine): void {
    this.put('logs', this.settings.logBatchSize, line, (logs) => post('/experiments/{run}/logs', { logs }));
  }

  entry(topic: string, entry: Sinks.Entry): void {
    const path = `/experiments/{run}/tracks/${encodeURIComponent(topic)}/append_batch`;
    this.put(`track ${topic}`, this.settings.trackBatchSize, entry, (entries) => post(path, { entries }));
  }

  /** Later values of a key go over earlier ones before they are sent. */
  params(leaves: Leaves): void {
    this.put('params', Infinity, leaves, (all) =>
      post('/experiments/{run}/parameters', { data: Object.assign({}, ...(all as Leaves[])) as Leaves }),
    );
  }

  /** Makes parcels of everything. */
  seal(): void {
    for (const [lane, heap] of this.heaps) this.sealHeap(lane, heap);
    this.heaps.clear();
  }

  private put(lane: string, limit: number, item: unknown, pack: Heap['pack']): void {
    const heap = this.heaps.get(lane) ?? { limit, items: [], pack };
    this.heaps.set(lane, heap);
    heap.items.push(item);
    this.count += 1;
    if (heap.items.length < heap.limit) return;
    this.heaps.delete(lane);
    this.sealHeap(lane, heap);
  }

  private sealHeap(lane: string, { items, pack }: Heap): void {
    this.count -= items.length;
    const make = (part: readonly unknown[]): void => {
      const packed = pack(part);
      if (packed.body.length > LARGEST_BODY && part.length > 1) {
        make(part.slice(0, part.length / 2));
        make(part.slice(part.length / 2));
      } else this.give({ lane, items: part.length, ...packed });
    };
    make(items);
  }
}

const post = (path: string, body: object): Omit<JsonParcel, 'items' | 'lane'> => ({
  method: 'POST',
  path,
  body: writeJson(body),
});
