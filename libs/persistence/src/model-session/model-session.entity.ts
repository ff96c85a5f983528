import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import { Row } from '../columns.js';
import { DatasetEntity } from '../dataset/dataset.entity.js';

/** What all runs of a session share. */
@Entity('model_session')
export class ModelSessionEntity extends Row {
  @Index()
  @Column('integer')
  dataset_id!: number;

  @ManyToOne(() => DatasetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'dataset_id' })
  dataset?: DatasetEntity;

  @Column('text', { unique: true })
  name!: string;

  @Column('text')
  task_name!: string;

  @Column('jsonb')
  input_columns!: string[];

  @Column('jsonb')
  output_columns!: string[];

  @Column('jsonb')
  train_metrics!: string[];

  @Column('jsonb')
  validation_metrics!: string[];

  @Column('jsonb')
  test_metrics!: string[];

  @Column('text')
  evaluation_strategy!: string;

  /** The splits payload as JSON text, as the wire has it. */
  @Column('text')
  splits!: string;
}
