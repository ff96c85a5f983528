import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

import type { PluginStatus } from '#contract';

import { Row } from '../columns.js';

/** An npm package that brings components. What is installed is the package under `package_key`, with `integrity` over its bytes. */
@Entity('plugin')
export class PluginEntity extends Row {
  @Column('text', { unique: true })
  name!: string;

  @Column('text', { default: '' })
  author!: string;

  @Column('boolean', { default: false })
  verified!: boolean;

  @Column('text', { nullable: true })
  installed_version!: string | null;

  @Column('text', { nullable: true })
  lastest_version!: string | null;

  @Column('smallint', { default: 1 })
  status!: PluginStatus;

  @Column('text', { default: '' })
  summary!: string;

  @Column('text', { default: '' })
  description!: string;

  @Column('text', { default: 'text/markdown' })
  description_content_type!: string;

  /** Storage key of the installed package; null while none is. */
  @Column('text', { nullable: true })
  package_key!: string | null;

  /** Subresource Integrity of the installed package. */
  @Column('text', { nullable: true })
  integrity!: string | null;

  /** Names of the components it brought last; they stay when it goes, so that what misses them can be told why. */
  @Column('jsonb', { default: [] })
  component_names!: string[];

  @OneToMany(() => PluginTagEntity, (tag) => tag.plugin)
  tags?: PluginTagEntity[];
}

/** A word a plugin is found by: a type of component. */
@Entity('tag')
export class PluginTagEntity {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'BY DEFAULT' })
  id!: number;

  @Index()
  @Column('integer')
  plugin_id!: number;

  @ManyToOne(() => PluginEntity, (plugin) => plugin.tags, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'plugin_id' })
  plugin?: PluginEntity;

  @Column('text')
  name!: string;
}
