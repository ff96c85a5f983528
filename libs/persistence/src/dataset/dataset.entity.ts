import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import { WorkRow } from '../columns.js';
import { FolderEntity } from '../folder/folder.entity.js';

/** A data set; its rows lie in storage. */
@Entity('dataset')
export class DatasetEntity extends WorkRow {
  @Column('text', { unique: true })
  name!: string;

  /** Path token of the table, `dataset-<uuid>`; empty until a job has made it. */
  @Column('text', { default: '' })
  file_path!: string;

  @Column('integer', { nullable: true })
  total_rows!: number | null;

  @Column('integer', { nullable: true })
  total_columns!: number | null;

  @Index()
  @Column('integer', { nullable: true })
  folder_id!: number | null;

  @ManyToOne(() => FolderEntity, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'folder_id' })
  folder?: FolderEntity;
}
