import type { Artifact, LeafArtifact, PlotOverrides, StoredArtifact, StoredLeaf } from '#contract';
import { AppError } from '#contract';

const leaves = (artifacts: readonly StoredArtifact[]): StoredLeaf[] =>
  artifacts.flatMap((artifact) =>
    artifact.type === 'grouped' ? artifact.groups.flatMap((group) => group.artifacts) : [artifact],
  );

/** Artifacts with edited figures in place of the computed ones, which stay stored. */
export function withOverrides(artifacts: readonly Artifact[], overrides: PlotOverrides | null): Artifact[] {
  const edited = (leaf: LeafArtifact): LeafArtifact => {
    const figure = overrides?.[String(leaf.index)];
    return figure === undefined || leaf.type !== 'plotly' ? leaf : { ...leaf, payload: figure, overridden: true };
  };
  return artifacts.map((artifact) =>
    artifact.type === 'grouped'
      ? { ...artifact, groups: artifact.groups.map((group) => ({ ...group, artifacts: group.artifacts.map(edited) })) }
      : edited(artifact),
  );
}

/** The overrides with one more figure. @throws AppError `artifact-not-found` when no figure has this index. */
export function overridden(
  artifacts: readonly StoredArtifact[] | null,
  overrides: PlotOverrides | null,
  { index, figure }: { index: number; figure: string | Record<string, unknown> },
): PlotOverrides {
  if (!leaves(artifacts ?? []).some((leaf) => leaf.index === index && leaf.type === 'plotly'))
    throw new AppError('artifact-not-found', { index });
  return { ...overrides, [index]: typeof figure === 'string' ? figure : JSON.stringify(figure) };
}

/** The overrides without this figure; absent ones are fine. */
export function restored(overrides: PlotOverrides | null, index: number): PlotOverrides | null {
  const rest = Object.fromEntries(Object.entries(overrides ?? {}).filter(([key]) => key !== String(index)));
  return Object.keys(rest).length === 0 ? null : rest;
}
