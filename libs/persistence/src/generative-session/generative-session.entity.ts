import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

import { Row } from '../columns.js';

/** A conversation with a generative model: which model, with which parameters. */
@Entity('generative_session')
export class GenerativeSessionEntity extends Row {
  @Column('text', { unique: true })
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  task_name!: string;

  @Column('text')
  model_name!: string;

  @Column('jsonb')
  parameters!: Record<string, unknown>;
}

/** The parameters of a session as they were from `modified_at` on. */
@Entity('parameter_history')
export class ParameterHistoryEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Index()
  @Column('integer')
  session_id!: number;

  @ManyToOne(() => GenerativeSessionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id' })
  session?: GenerativeSessionEntity;

  @Column('text')
  model_name!: string;

  @Column('jsonb')
  parameters!: Record<string, unknown>;

  @Column({ type: 'timestamptz', precision: 6, default: () => 'clock_timestamp()' })
  modified_at!: Date;
}
