import type { SeriesContext, SeriesKind, TrackedBlob, Tx } from './tracked-types.js';

/** A label of runs; the runs know it by name. */
export interface TrackedTag {
  readonly id: string;
  readonly name: string;
  readonly color: string | null;
  readonly description: string | null;
  readonly archived: boolean;
  /** Runs that have it and were not deleted. */
  readonly runCount: number;
}
/** Tags of a project and of its runs. */
export interface TrackedTags {
  /** By name. */
  list(projectId: number, filter?: LabelFilter): Promise<TrackedTag[]>;
  /** @throws AppError `tracked-name-exists`. */
  create(projectId: number, tag: Pick<TrackedTag, 'name' | 'color' | 'description'>): Promise<string>;
  /** Runs follow a new name. @throws AppError `tracked-tag-not-found`, `tracked-name-exists`. */
  change(projectId: number, id: string, patch: Partial<Omit<TrackedTag, 'id' | 'runCount'>>): Promise<void>;
  /** Takes it off every run too. @throws AppError `tracked-tag-not-found`. */
  remove(projectId: number, id: string): Promise<void>;
  /** Adds one beside those a run has; made on its first mention. Answers its id. */
  add(runId: number, name: string, tx?: Tx): Promise<string>;
  /** Takes one off a run, by name; answers whether it was there. */
  take(runId: number, name: string, tx?: Tx): Promise<boolean>;
  /** The runs that have it, deleted ones too. */
  runsOf(projectId: number, id: string): Promise<number[]>;
  /** In the order of each run. */
  ofRuns(runIds: readonly number[]): Promise<Map<number, TrackedTag[]>>;
}

/** A set of runs under one name: what Aim calls an experiment. */
export interface TrackedGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly archived: boolean;
  readonly created: Date;
  readonly runCount: number;
}
/** Groups of a project. */
export interface TrackedGroups {
  /** By name. */
  list(projectId: number, filter?: LabelFilter): Promise<TrackedGroup[]>;
  /** Get or create by name. */
  open(projectId: number, name: string, tx?: Tx): Promise<string>;
  /** @throws AppError `tracked-name-exists`. */
  create(projectId: number, name: string): Promise<string>;
  /** @throws AppError `tracked-group-not-found`, `tracked-name-exists`. */
  change(
    projectId: number,
    id: string,
    patch: Partial<Pick<TrackedGroup, 'name' | 'description' | 'archived'>>,
  ): Promise<void>;
  /** Its runs stay. @throws AppError `tracked-group-not-found`. */
  remove(projectId: number, id: string): Promise<void>;
}
/** Which tags or groups: those whose name holds a text, or these. */
export interface LabelFilter {
  readonly search?: string;
  readonly ids?: readonly string[];
}

/** What a note is about. */
export type NoteOwner = { readonly runId: number } | { readonly groupId: string };
/** What somebody wrote about a run or a group. */
export interface TrackedNote {
  readonly id: string;
  readonly content: string;
  readonly created: Date;
  readonly lastModified: Date;
}
/** Notes by what they are about. */
export interface TrackedNotes {
  /** Oldest first. */
  list(owner: NoteOwner): Promise<TrackedNote[]>;
  create(owner: NoteOwner, content: string): Promise<TrackedNote>;
  /** @throws AppError `tracked-note-not-found` when there is none about this owner. */
  get(owner: NoteOwner, id: string): Promise<TrackedNote>;
  /** @throws AppError `tracked-note-not-found`. */
  change(owner: NoteOwner, id: string, content: string): Promise<TrackedNote>;
  /** @throws AppError `tracked-note-not-found`. */
  remove(owner: NoteOwner, id: string): Promise<void>;
}

/** What people save to look at again. */
export type ViewKind = 'app' | 'dashboard' | 'report' | 'pinned';
/** A saved view; what its body holds depends on its kind. */
export interface TrackedView {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly created: Date;
  readonly lastModified: Date;
}
/** What a view is made of. */
export type NewView = Pick<TrackedView, 'name' | 'description' | 'body'>;
/** Saved views of a project by kind. */
export interface TrackedViews {
  /** Oldest first, without those that were archived. */
  list(projectId: number, kind: ViewKind, ids?: readonly string[]): Promise<TrackedView[]>;
  create(projectId: number, kind: ViewKind, view: NewView): Promise<TrackedView>;
  /** @throws AppError `tracked-view-not-found`. */
  get(projectId: number, kind: ViewKind, id: string): Promise<TrackedView>;
  /** Keys of the body that the patch does not name stay. @throws AppError `tracked-view-not-found`. */
  change(projectId: number, kind: ViewKind, id: string, patch: Partial<NewView>): Promise<TrackedView>;
  /** @throws AppError `tracked-view-not-found`. */
  remove(projectId: number, kind: ViewKind, id: string): Promise<void>;
  /** The one view of its kind a project has, whatever it held before. */
  put(projectId: number, kind: ViewKind, body: TrackedView['body']): Promise<TrackedView>;
}

/** A file of a run, by its logical path; without a blob its bytes have not arrived. */
export interface TrackedFile {
  /** `folder/name`, never a path of the server. */
  readonly path: string;
  readonly name: string;
  readonly blob: TrackedBlob | null;
}
/** Files of runs. */
export interface TrackedFiles {
  /** Says that a run has a file, before or after its bytes came. */
  announce(runId: number, path: string, tx?: Tx): Promise<void>;
  /** The bytes of a file; a second upload takes the place of the first. */
  attach(runId: number, path: string, blobId: number, tx?: Tx): Promise<void>;
  /** By path; `outside` leaves out a folder. */
  list(runId: number, filter?: { readonly outside?: string }): Promise<TrackedFile[]>;
  find(runId: number, path: string): Promise<TrackedFile | undefined>;
}

/** Counts of runs, and how many began in each day or hour of a reader's clock. */
export interface RunActivity {
  readonly runs: number;
  readonly archived: number;
  readonly active: number;
  /** `2026-01-31T10:00:00` → runs. */
  readonly began: Readonly<Record<string, number>>;
}
/** What the runs of a project hold, taken together. */
export interface TrackedOverview {
  activity(
    projectId: number,
    options: { readonly groupId?: string; readonly unit: 'day' | 'hour'; readonly minutesBehindUtc: number },
  ): Promise<RunActivity>;
  /** Every parameter of any run by dotted key, with one of its values; at most `limit`. */
  params(projectId: number, limit: number): Promise<Record<string, unknown>>;
  /** Every series of any run by kind, name and context; at most `limit` of a kind. */
  series(
    projectId: number,
    limit: number,
  ): Promise<{ readonly kind: SeriesKind; readonly name: string; readonly context: SeriesContext }[]>;
}

/** What people say about runs, and what runs hold beside what was logged. */
export interface TrackedLabels {
  readonly tags: TrackedTags;
  readonly groups: TrackedGroups;
  readonly notes: TrackedNotes;
  readonly views: TrackedViews;
  readonly files: TrackedFiles;
  readonly overview: TrackedOverview;
  /** A project's own secret for signing; all processes have the same. @throws AppError `tracked-project-not-found`. */
  signingKey(projectId: number): Promise<Buffer>;
  /** Lets the id of a deleted run be used again; what the run held does not come back. */
  clearTombstone(projectId: number, extId: string): Promise<void>;
}
