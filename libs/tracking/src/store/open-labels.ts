import type { DataSource } from 'typeorm';

import { clearTombstone } from './clear-tombstone.js';
import { openFiles } from './files.js';
import { openGroups } from './groups.js';
import type { TrackedLabels } from './label-types.js';
import { openNotes } from './notes.js';
import { openOverview } from './overview.js';
import { openSigningKeys } from './signing-key.js';
import { openTags } from './tags.js';
import { openViews } from './views.js';

/** What people say about runs, and what runs hold beside what was logged. */
export function openLabels(db: DataSource): TrackedLabels {
  return {
    tags: openTags(db),
    groups: openGroups(db),
    notes: openNotes(db),
    views: openViews(db),
    files: openFiles(db),
    overview: openOverview(db),
    signingKey: openSigningKeys(db),
    clearTombstone: (projectId, extId) => clearTombstone(db, projectId, extId),
  };
}
