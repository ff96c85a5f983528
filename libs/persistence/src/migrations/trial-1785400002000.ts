import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trials of searches that are under way, and the way from a job to its children. */
export class Trial1785400002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "trial" (
      "job_id" uuid NOT NULL, "search" integer NOT NULL, "number" integer NOT NULL, "run_id" integer NOT NULL,
      "record" json NOT NULL, CONSTRAINT "PK_f5385d28993de2cc5becb6e95ea" PRIMARY KEY ("job_id", "search", "number")
    )`);
    await runner.query(`CREATE INDEX "IDX_2c70d3badafa3751baac2c594f" ON "trial" ("run_id")`);
    await runner.query(
      `CREATE INDEX "IDX_86ecaa1f09b2b7c070293cd233" ON "job" ("parent_id") WHERE parent_id IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE "trial" ADD CONSTRAINT "FK_2c70d3badafa3751baac2c594f2"
      FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE NO ACTION`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "IDX_86ecaa1f09b2b7c070293cd233"');
    await runner.query('DROP TABLE "trial"');
  }
}
