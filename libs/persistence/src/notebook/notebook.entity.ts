import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import { Row } from '../columns.js';
import { DatasetEntity } from '../dataset/dataset.entity.js';

/** A table to look at and clean. */
@Entity('notebook')
export class NotebookEntity extends Row {
  @Index()
  @Column('integer')
  dataset_id!: number;

  @ManyToOne(() => DatasetEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'dataset_id' })
  dataset?: DatasetEntity;

  /** Path token of the notebook's working table, `notebook-<uuid>`; constant while `table_key` moves on. */
  @Column('text', { unique: true })
  file_path!: string;

  /** Storage key of the current table: the notebook's own copy, or the result of its last converter. */
  @Column('text')
  table_key!: string;

  /** Storage key of the copy the notebook began with. */
  @Column('text')
  source_key!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;
}
