import type { TrackedTag } from './label-types.js';

/** What the driver answers for {@link TAG_COLUMNS}. */
export interface TagRow extends Omit<TrackedTag, 'runCount'> {
  readonly run_count: number;
}
/** Every column of a tag, of the table `tag`. */
export const TAG_COLUMNS = `tag.id, tag.name, tag.color, tag.description, tag.archived,
  (SELECT count(*)::int FROM tracked_run_tag own JOIN tracked_run run ON run.id = own.run_id AND run.deleted_at IS NULL
   WHERE own.tag_id = tag.id) AS run_count`;
/** A row as the store hands it out. */
export const toTag = ({ run_count: runCount, ...tag }: TagRow): TrackedTag => ({ ...tag, runCount });
