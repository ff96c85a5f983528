import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs know how many rows their parts have without reading a file. Those trained before do not, and are read from their file. */
export class RunSplitSizes1785100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "run" ADD "split_sizes" jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "run" DROP COLUMN "split_sizes"');
  }
}
