import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

import type { ComponentManifest } from '#contract';

import { PluginEntity } from '../plugin/plugin.entity.js';

/** Manifests as the worker's compute child described them; the API's whole knowledge of components. */
@Entity('component')
export class ComponentEntity {
  @PrimaryColumn('text')
  name!: string;

  /** Place in the listing. */
  @Column('integer')
  position!: number;

  @Column('jsonb')
  manifest!: ComponentManifest;

  /** The plugin that brought it; null for those Millrace comes with. */
  @Index()
  @Column('integer', { nullable: true })
  plugin_id!: number | null;

  @ManyToOne(() => PluginEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'plugin_id' })
  plugin?: PluginEntity;
}
