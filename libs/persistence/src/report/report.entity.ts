import { Column, Entity, Index, JoinColumn, ManyToOne } from 'typeorm';

import type { PlotOverrides, StoredArtifact } from '#contract';

import { WorkRow } from '../columns.js';
import { RunEntity } from '../run/run.entity.js';

/** A run's answers set beside the truth, part by part. */
@Entity('report')
export class ReportEntity extends WorkRow {
  @Index()
  @Column('integer')
  run_id!: number;

  @ManyToOne(() => RunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run_id' })
  run?: RunEntity;

  @Column('text')
  report_name!: string;

  @Column('jsonb')
  parameters!: Record<string, unknown>;

  @Column('jsonb', { nullable: true })
  artifacts!: StoredArtifact[] | null;

  @Column('jsonb', { nullable: true })
  plot_overrides!: PlotOverrides | null;
}
