import { z } from 'zod';

const Leaf = {
  title: z.string().nullable(),
  role: z.enum(['input', 'explanation']),
  index: z.int().min(0),
  overridden: z.boolean().optional(),
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
  groups: z.array(z.object({ title: z.string(), artifacts: z.array(LeafArtifact) })),
});
/** One result a person looks at; leaves are numbered across groups. */
export const Artifact = z.union([LeafArtifact, GroupedArtifact]);
export type Artifact = z.infer<typeof Artifact>;

/** Edited figures by leaf index, as JSON strings; the computed ones are kept beside them. */
export const PlotOverrides = z.record(z.string(), z.string());
export type PlotOverrides = z.infer<typeof PlotOverrides>;
