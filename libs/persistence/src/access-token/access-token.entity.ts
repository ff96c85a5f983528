import { Column, Entity, Index } from 'typeorm';

import { Row } from '../columns.js';

/** A bearer token for scripts. The token itself is shown once and kept nowhere; its SHA-256 finds the row. */
@Entity('access_token')
export class AccessTokenEntity extends Row {
  @Index({ unique: true })
  @Column('bytea')
  sha256!: Buffer;

  /** The short id in the token's claims (`jti`). */
  @Column('text')
  short_id!: string;

  @Column('text')
  name!: string;

  /** Whom it stands for; the namespace of what its bearer makes. */
  @Column('text')
  owner!: string;

  /** The only tracked project it opens; null for all. No foreign key: those tables have no entities, and ids never come back. */
  @Column('integer', { nullable: true })
  project_id!: number | null;

  /** Written at most once a minute. */
  @Column('timestamptz', { nullable: true })
  last_used!: Date | null;

  @Column('timestamptz')
  expires!: Date;

  @Column('timestamptz', { nullable: true })
  revoked!: Date | null;
}
