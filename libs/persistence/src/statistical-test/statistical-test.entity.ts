import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import { Row } from '../columns.js';
import { ModelSessionEntity } from '../model-session/model-session.entity.js';

/** The outcome of a statistical test that a person chose to keep, as it was shown. */
@Entity('statistical_test')
export class StatisticalTestEntity extends Row {
  @Index()
  @Column('text', { nullable: true })
  group_id!: string | null;

  @Index()
  @Column('integer', { nullable: true })
  model_session_id!: number | null;

  @ManyToOne(() => ModelSessionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'model_session_id' })
  model_session?: ModelSessionEntity;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  test_name!: string;

  @Column('text')
  metric_name!: string;

  @Column('text')
  metric_split!: string;

  @Column('double precision')
  alpha!: number;

  @Column('jsonb')
  run_ids!: number[];

  @Column('jsonb')
  run_names!: Record<string, string>;

  @Column('jsonb', { nullable: true })
  params!: Record<string, unknown> | null;

  @Column('double precision', { nullable: true })
  statistic!: number | null;

  @Column('double precision', { nullable: true })
  p_value!: number | null;

  @Column('boolean')
  significant!: boolean;

  @Column('text', { nullable: true })
  interpretation!: string | null;

  @Column('jsonb', { nullable: true })
  details!: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  posthoc!: Record<string, unknown>[] | null;
}
