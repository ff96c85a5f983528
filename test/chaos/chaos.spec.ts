import { appendFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { redisAvailable } from '#testing';

import { runChaos } from './driver.js';

/** `npm run chaos -- 200` asks for more rounds and another seed. */
const rounds = Number(process.env['CHAOS_ROUNDS'] ?? 20);
const seed = Number(process.env['CHAOS_SEED'] ?? 1);
const backends = (['postgres', ...(redisAvailable ? (['redis'] as const) : [])] as const).filter((backend) =>
  [undefined, '', backend].includes(process.env['CHAOS_BACKEND']),
);

// A house waits more than it works: two of them do so at the same time.
test.concurrent.each(backends)(
  'nothing is lost, wrong or done twice on %s',
  async (backend) => {
    const results = await runChaos({ backend, rounds, seed }, ({ fault, settledMs, searches, trials, broken }) => {
      const file = process.env['CHAOS_LOG'];
      if (file !== undefined)
        appendFileSync(
          file,
          `${backend} ${fault}: ${settledMs} ms, ${searches} searches, ${trials} trials ${broken.join('; ')}\n`,
        );
    });
    expect(results.flatMap(({ fault, broken }) => broken.map((rule) => `${fault}: ${rule}`))).toEqual([]);
    expect(results).toHaveLength(rounds);
    // Of twenty rounds a third of the jobs are searches.
    if (rounds >= 5) expect(results.at(-1)!.trials).toBeGreaterThan(0);
  },
  rounds * 120_000,
);
