import type { ArtifactDraft } from '#components';
import type { StoredLeaf } from '#contract';

/** Artifacts in their places: numbered in order, tables free of the numbers JSON lacks. */
export function placeArtifacts(drafts: readonly ArtifactDraft[]): StoredLeaf[] {
  return drafts.map((draft, index) => {
    const place = { role: 'explanation', index } as const;
    if (draft.type !== 'table') return { ...draft, ...place };
    const rows = draft.payload.rows.map((row) =>
      row.map((cell) => (Number.isFinite(cell) || typeof cell !== 'number' ? cell : null)),
    );
    return { ...draft, ...place, payload: { ...draft.payload, rows } };
  });
}
