import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import type { PlotOverrides, StoredArtifact } from '#contract';

import { WorkRow } from '../columns.js';
import { RunEntity } from '../run/run.entity.js';

/** Global and local explainers share a table each with these columns. */
abstract class ExplainerRow extends WorkRow {
  @Column('text', { nullable: true })
  name!: string | null;

  @Index()
  @Column('integer')
  run_id!: number;

  @ManyToOne(() => RunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run_id' })
  run?: RunEntity;

  @Column('text')
  explainer_name!: string;

  @Column('jsonb')
  parameters!: Record<string, unknown>;

  @Column('jsonb', { nullable: true })
  explanation!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  artifacts!: StoredArtifact[] | null;

  @Column('jsonb', { nullable: true })
  plot_overrides!: PlotOverrides | null;
}

/** What a run goes by on the whole. */
@Entity('global_explainer')
export class GlobalExplainerEntity extends ExplainerRow {}

/** What a run goes by for single rows; the data set is not referred to by key, so that what was explained outlives it. */
@Entity('local_explainer')
export class LocalExplainerEntity extends ExplainerRow {
  @Column('integer')
  dataset_id!: number;

  @Column('jsonb')
  fit_parameters!: Record<string, unknown>;

  @Column('jsonb')
  scope!: Record<string, unknown>;

  /** Path token of the explained rows. */
  @Column('text', { nullable: true })
  input_dataset_path!: string | null;
}
