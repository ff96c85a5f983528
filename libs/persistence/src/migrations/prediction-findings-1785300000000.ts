import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a prediction is to do with data that do not quite fit, and what it found in them. */
export class PredictionFindings1785300000000 implements MigrationInterface {
  name = 'PredictionFindings1785300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "prediction" ADD "policy" jsonb`);
    await runner.query(`ALTER TABLE "prediction" ADD "probabilities" boolean NOT NULL DEFAULT false`);
    await runner.query(`ALTER TABLE "prediction" ADD "findings" jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "prediction" DROP COLUMN "findings"`);
    await runner.query(`ALTER TABLE "prediction" DROP COLUMN "probabilities"`);
    await runner.query(`ALTER TABLE "prediction" DROP COLUMN "policy"`);
  }
}
