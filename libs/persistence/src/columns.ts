import { Column, CreateDateColumn, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

import type { Status } from '#contract';

/** What every row of the contract has: an integer id and its two dates. */
export abstract class Row {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @CreateDateColumn({ type: 'timestamptz', precision: 6 })
  created!: Date;

  @UpdateDateColumn({ type: 'timestamptz', precision: 6 })
  last_modified!: Date;
}

/** A row that a job works on: its status, the job that last did, and when. */
export abstract class WorkRow extends Row {
  @Column('smallint', { default: 0 })
  status!: Status;

  /** The job that last worked on this row; the wire's `huey_id`. */
  @Column('uuid', { nullable: true })
  huey_id!: string | null;

  @Column('timestamptz', { nullable: true })
  delivery_time!: Date | null;

  @Column('timestamptz', { nullable: true })
  start_time!: Date | null;

  @Column('timestamptz', { nullable: true })
  end_time!: Date | null;
}
