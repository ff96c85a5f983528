import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import type { Finding, PredictionPolicy } from '#contract';

import { WorkRow } from '../columns.js';
import { DatasetEntity } from '../dataset/dataset.entity.js';
import { RunEntity } from '../run/run.entity.js';

/** Predictions of a run; their rows lie in storage. */
@Entity('prediction')
export class PredictionEntity extends WorkRow {
  @Index()
  @Column('integer')
  run_id!: number;

  @ManyToOne(() => RunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run_id' })
  run?: RunEntity;

  @Index()
  @Column('integer', { nullable: true })
  dataset_id!: number | null;

  @ManyToOne(() => DatasetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'dataset_id' })
  dataset?: DatasetEntity;

  @Column('text', { nullable: true })
  split!: string | null;

  /** Path token of the table with the predictions, `prediction-<uuid>`. */
  @Column('text', { nullable: true })
  results_path!: string | null;

  /** What to do with data that do not quite fit; null means the usual. */
  @Column('jsonb', { nullable: true })
  policy!: PredictionPolicy | null;

  /** Whether a column for the probability of each class was asked for. */
  @Column('boolean', { default: false })
  probabilities!: boolean;

  /** What the last finished job found in the data. */
  @Column('jsonb', { default: [] })
  findings!: Finding[];
}
