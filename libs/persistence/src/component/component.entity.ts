import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { ComponentManifest } from '#contract';

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
}
