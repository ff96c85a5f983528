import type { Artifact, LeafArtifact, Locale, StoredArtifact, StoredLeaf, StorySentence } from '#contract';
import { localise, storyOf } from '#i18n';

/** Stored artifacts in the reader's language; their stories, which clients choose from, in every one. */
export function toldArtifacts(stored: readonly StoredArtifact[], locale: Locale): Artifact[] {
  return stored.map((artifact) => {
    if (artifact.type !== 'grouped') return leaf(artifact, locale);
    const groups = artifact.groups.map(({ sentences, artifacts, title }) => ({
      title: localise(title, locale) as string,
      artifacts: artifacts.map((one) => leaf(one, locale)),
      story: storyOf(sentences),
    }));
    return { ...artifact, title: localise(artifact.title, locale) as string | null, groups };
  });
}

/** A stored leaf in the reader's language. */
export function toldLeaf({ title, payload, ...rest }: StoredLeaf, locale: Locale): LeafArtifact {
  const told = typeof payload === 'string' ? toldFigure(payload, locale) : localise(payload, locale);
  return { ...rest, title: localise(title, locale), payload: told } as LeafArtifact;
}

function leaf({ sentences, ...rest }: StoredLeaf, locale: Locale): LeafArtifact {
  return { ...toldLeaf(rest, locale), ...told(sentences) };
}

const told = (sentences: readonly StorySentence[] | undefined) => ({ story: storyOf(sentences) });

/** The JSON of a figure is read again only where it holds words; a quote inside a text is escaped, so a key is found by its quotes. */
const toldFigure = (json: string, locale: Locale): string =>
  json.includes('"zh":') ? JSON.stringify(localise(JSON.parse(json), locale)) : json;
