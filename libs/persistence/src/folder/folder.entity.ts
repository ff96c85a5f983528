import { Column, Entity } from 'typeorm';

import { Row } from '../columns.js';

/** A folder of data sets. */
@Entity('folder')
export class FolderEntity extends Row {
  @Column('text', { unique: true })
  name!: string;
}
