import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

import type { MetricLevel, SplitName } from '#contract';

import { RunEntity } from './run.entity.js';

/** One value of one metric of a run; read and written through `#tracking` alone. */
@Entity('metric_point')
@Index(['run_id', 'level'])
export class MetricPointEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id!: string;

  @Column('integer')
  run_id!: number;

  @ManyToOne(() => RunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run_id' })
  run?: RunEntity;

  @Column('text')
  split!: SplitName;

  @Column('text')
  level!: MetricLevel;

  @Column('text')
  name!: string;

  @Column('integer')
  step!: number;

  @Column('double precision')
  value!: number;

  @Column('double precision', { nullable: true })
  std_value!: number | null;

  @Column('integer', { nullable: true })
  fold_index!: number | null;

  @CreateDateColumn({ type: 'timestamptz', precision: 6 })
  timestamp!: Date;
}
