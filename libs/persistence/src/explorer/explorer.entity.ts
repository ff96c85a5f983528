import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import type { PlotOverrides, StoredArtifact } from '#contract';

import { WorkRow } from '../columns.js';
import { NotebookEntity } from '../notebook/notebook.entity.js';

/** A look at a notebook's table, with its results. */
@Entity('explorer')
export class ExplorerEntity extends WorkRow {
  @Index()
  @Column('integer')
  notebook_id!: number;

  @ManyToOne(() => NotebookEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'notebook_id' })
  notebook?: NotebookEntity;

  @Column('text')
  exploration_type!: string;

  @Column('jsonb')
  columns!: Record<string, unknown>[];

  @Column('jsonb')
  parameters!: Record<string, unknown>;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('jsonb', { nullable: true })
  artifacts!: StoredArtifact[] | null;

  @Column('jsonb', { nullable: true })
  plot_overrides!: PlotOverrides | null;
}
