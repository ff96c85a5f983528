import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

import type { TrialRecord } from '#contract';

import { RunEntity } from '../run/run.entity.js';

/** A trial of a search that is under way; the rows go when its job ends. */
@Entity('trial')
export class TrialEntity {
  /** The job that trains the run. */
  @PrimaryColumn('uuid')
  job_id!: string;

  @PrimaryColumn('integer')
  search!: number;

  @PrimaryColumn('integer')
  number!: number;

  @Index()
  @Column('integer')
  run_id!: number;

  @ManyToOne(() => RunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run_id' })
  run?: RunEntity;

  /** Not `jsonb`, which would sort the names of the values: equal searches store equal bytes. */
  @Column('json')
  record!: TrialRecord;
}
