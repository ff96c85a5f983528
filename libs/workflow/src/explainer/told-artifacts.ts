import type { Artifact, StoredArtifact, StorySentence } from '#contract';
import { storyOf } from '#i18n';

/** Stored artifacts with their sentences told in every language. */
export function toldArtifacts(stored: readonly StoredArtifact[]): Artifact[] {
  return stored.map((artifact) =>
    artifact.type === 'grouped' ? { ...artifact, groups: artifact.groups.map(told) } : told(artifact),
  );
}

function told<T extends { readonly sentences?: readonly StorySentence[] }>(one: T): T {
  const { sentences, ...rest } = one;
  return { ...rest, story: storyOf(sentences) } as unknown as T;
}
