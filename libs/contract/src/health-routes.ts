import { z } from 'zod';

import { route } from './route.js';

const tag = 'health';
const Alive = z.object({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Alive' });
const check = z.enum(['ok', 'failed']);

/** Whether the programs live and can do work; open without a token. */
export const healthRoutes = {
  live: route({
    method: 'GET',
    path: '/health/live',
    tag,
    summary: 'Tell that the process answers',
    status: 200,
    answer: Alive,
    open: true,
    example: { answer: { status: 'ok', version: '0.1.0' } },
  }),
  ready: route({
    method: 'GET',
    path: '/health/ready',
    tag,
    summary: 'Tell whether database, queue and components are there',
    description: '503 `unavailable` names what is missing.',
    status: 200,
    answer: z
      .object({ status: z.literal('ok'), checks: z.object({ database: check, queue: check, components: check }) })
      .meta({ id: 'Ready' }),
    open: true,
    errors: ['unavailable'],
    example: { answer: { status: 'ok', checks: { database: 'ok', queue: 'ok', components: 'ok' } } },
  }),
  health: route({
    method: 'GET',
    path: '/health',
    tag,
    summary: 'Same as live, for probes that know one address',
    status: 200,
    answer: Alive,
    open: true,
    example: { answer: { status: 'ok', version: '0.1.0' } },
  }),
} as const;
