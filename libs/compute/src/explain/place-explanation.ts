import type { ExplanationDraft, GroupedDraft } from '#components';
import type { StoredArtifact, StoredLeaf } from '#contract';

import { placeArtifacts } from '../explore/place-artifacts.js';

/** Artifacts in their places: leaves numbered in order, through groups and all; sentences stay with what they speak of. */
export function placeExplanation(drafts: readonly (ExplanationDraft | GroupedDraft)[]): StoredArtifact[] {
  let next = 0;
  const place = (draft: ExplanationDraft): StoredLeaf => {
    const [leaf] = placeArtifacts([draft]);
    return { ...leaf!, role: draft.role ?? 'explanation', index: next++ };
  };
  return drafts.map((draft) =>
    draft.type === 'grouped'
      ? { ...draft, groups: draft.groups.map((group) => ({ ...group, artifacts: group.artifacts.map(place) })) }
      : place(draft),
  );
}
