import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import { WorkRow } from '../columns.js';
import { NotebookEntity } from '../notebook/notebook.entity.js';

/** A step of a notebook. */
@Entity('converter')
export class ConverterEntity extends WorkRow {
  @Index()
  @Column('integer')
  notebook_id!: number;

  @ManyToOne(() => NotebookEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'notebook_id' })
  notebook?: NotebookEntity;

  /** Component name of the converter. */
  @Column('text')
  converter!: string;

  /** `{order, params, scope, target}` as sent. */
  @Column('jsonb')
  parameters!: Record<string, unknown>;

  /** Storage key of the table this step made; undoing a step returns to the one before it. */
  @Column('text', { nullable: true })
  table_key!: string | null;
}
