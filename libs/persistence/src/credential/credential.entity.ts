import { Column, Entity } from 'typeorm';

import { Row } from '../columns.js';

/** A verified key of another platform, sealed with a secret that is not in the database. */
@Entity('credential')
export class CredentialEntity extends Row {
  /** The component's name. */
  @Column('text', { unique: true })
  name!: string;

  @Column('bytea')
  sealed_key!: Buffer;

  /** Its last four characters, to be recognised by. */
  @Column('text')
  ending!: string;
}
