import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

import type { EntityType, JobState, JobType, QueueName, StoredError } from '#contract';

/** The truth about a job; BullMQ only carries its id. Every write after the claim names `attempt`. */
@Entity('job')
@Index(['state', 'lease_until'])
@Index(['entity_type', 'entity_id'])
export class JobEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  type!: JobType;

  @Column('text')
  queue!: QueueName;

  @Column('integer')
  priority!: number;

  @Column('jsonb')
  kwargs!: Record<string, unknown>;

  /** What a person reads in the job list, for example `Train: Forest 1`. */
  @Column('text')
  name!: string;

  @Column('text', { default: 'not_started' })
  state!: JobState;

  /** Starts so far; the fencing token. */
  @Column('integer', { default: 0 })
  attempt!: number;

  @Column('integer')
  max_attempts!: number;

  @Column('text', { nullable: true })
  worker_id!: string | null;

  @Column('timestamptz', { nullable: true })
  lease_until!: Date | null;

  @Column('boolean', { default: false })
  cancel_requested!: boolean;

  /** 0–100, or null while indeterminate. */
  @Column('real', { nullable: true })
  progress!: number | null;

  @Column('text', { nullable: true })
  progress_message!: string | null;

  @Column('jsonb', { nullable: true })
  error!: StoredError | null;

  /** JSON answer of a job somebody waits for. */
  @Column('jsonb', { nullable: true })
  result!: unknown;

  @Column('text', { nullable: true })
  entity_type!: EntityType | null;

  @Column('integer', { nullable: true })
  entity_id!: number | null;

  /** Set on child jobs, which stay out of the list. */
  @Index({ where: 'parent_id IS NOT NULL' })
  @Column('uuid', { nullable: true })
  parent_id!: string | null;

  /** False for jobs that serve one request and are never listed. */
  @Column('boolean', { default: true })
  listed!: boolean;

  /** The request that submitted the job; follows it into the compute child's log lines. */
  @Column('text', { nullable: true })
  request_id!: string | null;

  @Column({ type: 'timestamptz', precision: 6 })
  enqueued_at!: Date;

  @Column({ type: 'timestamptz', precision: 6 })
  last_update!: Date;

  /** Transaction that last changed what clients see of the row, set by a trigger; orders the change feed. */
  @Index()
  @Column('bigint', { default: 0 })
  change_xid!: string;
}
