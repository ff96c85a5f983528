import { z } from 'zod';

/** An entity's status on the wire: 0 not started, 1 delivered, 2 started, 3 finished, 4 error. */
export const STATUS = { notStarted: 0, delivered: 1, started: 2, finished: 3, error: 4 } as const;
/** A status as its integer. */
export type Status = (typeof STATUS)[keyof typeof STATUS];
export const Status = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** Names of the statuses in the order of their integers; the live-metrics socket sends these. */
export const STATUS_NAMES = ['NOT_STARTED', 'DELIVERED', 'STARTED', 'FINISHED', 'ERROR'] as const;
