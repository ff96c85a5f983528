import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

import { WorkRow } from '../columns.js';
import { GenerativeSessionEntity } from '../generative-session/generative-session.entity.js';

/** One turn of a session: what was given and what came of it. */
@Entity('generative_process')
export class GenerativeProcessEntity extends WorkRow {
  @Index()
  @Column('integer')
  session_id!: number;

  @ManyToOne(() => GenerativeSessionEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id' })
  session?: GenerativeSessionEntity;
}

/** One input or output of a process, in the order of the ids. */
@Entity('process_data')
export class ProcessDataEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' })
  id!: number;

  /** The text itself (`str`), or the name of a media file. */
  @Column('text')
  data!: string;

  @Column('text')
  data_type!: string;

  @Index()
  @Column('integer')
  process_id!: number;

  @ManyToOne(() => GenerativeProcessEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'process_id' })
  process?: GenerativeProcessEntity;

  @Column('boolean', { default: true })
  is_input!: boolean;
}
