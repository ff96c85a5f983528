/** Whose charts: one run's, or a project's across its runs. */
export type ChartOwner = { readonly runId: number } | { readonly projectId: number };

/** A chart somebody needs: its name is that of the series it shows. */
export interface WantedChart {
  readonly name: string;
  /** Name of the group it stands in; made when there is none. */
  readonly group: string;
  readonly kind: string;
  /** 1 made by the first point of a series, 0 made across runs. */
  readonly system: number;
}

/** 1 pinned, 0 where its group stands, -1 hidden. */
export type ChartStatus = -1 | 0 | 1;

/** One chart and the series it draws. */
export interface TrackedChart extends WantedChart {
  readonly id: number;
  readonly groupId: number;
  readonly description: string | null;
  readonly status: ChartStatus;
  /** Its place among pinned or hidden ones. */
  readonly sort: number;
  /** Why series could not be shown, by the series' id. */
  readonly errors: ReadonlyMap<number, Readonly<Record<string, unknown>>>;
  readonly created: Date;
  readonly lastModified: Date;
}
/** A named group of charts, of a run or of a project. */
export interface TrackedChartGroup {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly sort: number;
  readonly opened: number;
  readonly created: Date;
  readonly lastModified: Date;
}
/** Whether the pinned and the hidden charts of an owner are unfolded: 1 or 0. */
export interface Unfolded {
  readonly pinnedOpened: number;
  readonly hiddenOpened: number;
}
/** All charts of an owner in the order they were made, and their groups. */
export interface ChartBoard extends Unfolded {
  readonly charts: readonly TrackedChart[];
  readonly groups: readonly TrackedChartGroup[];
}

/** Charts, their groups and where people put them: SwanLab's page. */
export interface TrackedCharts {
  /** The board, after every wanted chart that was missing is made; many at once make it once. */
  open(owner: ChartOwner, wanted: readonly WantedChart[]): Promise<ChartBoard>;
  /** Whether an owner's pinned and hidden charts are unfolded. */
  unfolded(owner: ChartOwner): Promise<Unfolded>;
  /** The same of many runs; those where nobody ever folded anything are left out. */
  unfoldedRuns(runIds: readonly number[]): Promise<Map<number, Unfolded>>;
  /** Whose chart or group it is. */
  ownerOf(what: 'chart' | 'group', id: number): Promise<ChartOwner | undefined>;
  /** Pins, hides or puts back a chart; a newly pinned or hidden one stands last. */
  setStatus(chartId: number, status: ChartStatus): Promise<void>;
  /** Folds or unfolds a group, or the pinned or hidden charts of an owner. */
  setOpened(
    what: { readonly groupId: number } | { readonly owner: ChartOwner; readonly pinned: boolean },
    opened: number,
  ): Promise<void>;
  /** Remembers why a series could not be shown. */
  setError(chartId: number, seriesId: number, error: Readonly<Record<string, unknown>>): Promise<void>;
  /** A run's place in its project, from 1 by its start, and how many before it bear its name. */
  placeOf(runId: number): Promise<{ place: number; namesakes: number }>;
}
