import { Column, Entity, Unique } from 'typeorm';

import type { DatafileStatus } from '#contract';

import { Row } from '../columns.js';

/** One fetched file: its name at the hub and where its bytes lie in storage. */
export interface FetchedFile {
  readonly name: string;
  readonly key: string;
  readonly sizeBytes: number;
}

/** The files of one data set of a hub. */
@Entity('datafile')
@Unique(['source_name', 'dataset_id'])
export class DatafileEntity extends Row {
  @Column('text')
  source_name!: string;

  /** The hub's own id. */
  @Column('text')
  dataset_id!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: 'downloading' })
  status!: DatafileStatus;

  @Column('text', { default: '' })
  description!: string;

  @Column('jsonb', { default: [] })
  tags!: readonly string[];

  @Column('text', { default: '' })
  source_url!: string;

  /** The DatafileJob that fetches or fetched it. */
  @Column('uuid', { nullable: true })
  job_id!: string | null;

  @Column('jsonb', { default: [] })
  files!: readonly FetchedFile[];
}
