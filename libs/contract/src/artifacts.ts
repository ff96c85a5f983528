import { z } from 'zod';

import { LOCALES } from './locales.js';
import type { Words } from './words.js';

/** What a figure says in a few sentences, in every language at once; null where there is nothing to say. */
export const Story = z.record(z.enum(LOCALES), z.string()).nullable();

const Leaf = {
  title: z.string().nullable(),
  role: z.enum(['input', 'explanation']),
  index: z.int().min(0),
  overridden: z.boolean().optional(),
  story: Story.optional(),
};

/** One renderable result. A Plotly payload is a JSON string of a figure with `data` and `layout`. */
export const LeafArtifact = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plotly'), payload: z.string(), ...Leaf }),
  z.object({
    type: z.literal('table'),
    payload: z.object({
      columns: z.array(z.string()),
      rows: z.array(z.array(z.unknown())),
      highlight: z.array(z.object({ row: z.int(), column: z.int() })).optional(),
    }),
    ...Leaf,
  }),
  z.object({ type: z.literal('text'), payload: z.string(), ...Leaf }),
  z.object({ type: z.literal('image'), payload: z.object({ data: z.string(), mime: z.string() }), ...Leaf }),
]);
export type LeafArtifact = z.infer<typeof LeafArtifact>;

/** Leaves gathered under titles; groups do not nest, and the leaves' `index` runs on through them. */
export const GroupedArtifact = z.object({
  type: z.literal('grouped'),
  title: z.string().nullable(),
  groups: z.array(z.object({ title: z.string(), artifacts: z.array(LeafArtifact), story: Story.optional() })),
});
export type GroupedArtifact = z.infer<typeof GroupedArtifact>;
/** One result a person looks at; leaves are numbered across groups. */
export const Artifact = z.union([LeafArtifact, GroupedArtifact]);
export type Artifact = z.infer<typeof Artifact>;

/** One sentence of a story: the key of a text and what fills it; the text is chosen when somebody reads. */
export interface StorySentence {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;
}
interface Untold {
  readonly title: Words | null;
  readonly sentences?: readonly StorySentence[];
}
type Columns<T> = T extends { type: 'table'; payload: infer P }
  ? Omit<T, 'payload'> & { readonly payload: Omit<P, 'columns'> & { readonly columns: readonly Words[] } }
  : T;
type Stored<T> = T extends unknown ? Omit<Columns<T>, 'title'> & Untold : never;
/**
 * A leaf as it is stored: its story still as sentences, its words, also those in the JSON of a figure and in the cells of a table,
 * in every language.
 */
export type StoredLeaf = Stored<LeafArtifact>;
/** A group as it is stored, with the sentences that make its story. */
export interface StoredGroup extends Untold {
  readonly title: Words;
  readonly artifacts: readonly StoredLeaf[];
}
/** An artifact as it is stored; see {@link StoredLeaf}. */
export type StoredArtifact =
  | StoredLeaf
  | (Omit<GroupedArtifact, 'groups' | 'title'> & {
      readonly title: Words | null;
      readonly groups: readonly StoredGroup[];
    });

/** Edited figures by leaf index, as JSON strings; the computed ones are kept beside them. */
export const PlotOverrides = z.record(z.string(), z.string());
export type PlotOverrides = z.infer<typeof PlotOverrides>;
