import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import type { SplitName, StoredLeaf } from '#contract';

import { WorkRow } from '../columns.js';
import { ModelSessionEntity } from '../model-session/model-session.entity.js';

/** A training of one model; its fitted state lies in storage, its metrics in `metric_point`. */
@Entity('run')
export class RunEntity extends WorkRow {
  @Index()
  @Column('integer')
  model_session_id!: number;

  @ManyToOne(() => ModelSessionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'model_session_id' })
  model_session?: ModelSessionEntity;

  @Column('text')
  model_name!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('jsonb')
  parameters!: Record<string, unknown>;

  @Column('text')
  optimizer_name!: string;

  @Column('jsonb')
  optimizer_parameters!: Record<string, unknown>;

  @Column('text')
  goal_metric!: string;

  @Column('jsonb', { nullable: true })
  nested!: Record<string, unknown> | null;

  /** JSON text with the row numbers of its parts, once the run has split its rows; null where they are too many. */
  @Column('text', { nullable: true })
  split_indexes!: string | null;

  /** Number of rows in each part, once the run has split its rows. */
  @Column('jsonb', { nullable: true })
  split_sizes!: Readonly<Record<SplitName, number>> | null;

  @Column('jsonb', { nullable: true })
  artifacts!: StoredLeaf[] | null;

  /** Storage key of the fitted state. */
  @Column('text', { nullable: true })
  run_path!: string | null;

  @Column('text', { nullable: true })
  plot_history_path!: string | null;

  @Column('text', { nullable: true })
  plot_slice_path!: string | null;

  @Column('text', { nullable: true })
  plot_contour_path!: string | null;

  @Column('text', { nullable: true })
  plot_importance_path!: string | null;
}
