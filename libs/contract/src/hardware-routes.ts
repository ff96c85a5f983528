import { z } from 'zod';

import { route } from './route.js';

const percent = z.number().min(0).max(100);
const bytes = z.number().min(0);

/** How busy the machine of the API is; sizes in bytes. What it cannot tell is null. */
export const Hardware = z
  .object({
    cpu: z.object({
      percent,
      per_cpu: z.array(percent),
      frequency_mhz: z.number().nullable(),
      cores_physical: z.int(),
      cores_logical: z.int(),
    }),
    ram: z.object({ percent, used: bytes, total: bytes, available: bytes }),
    gpus: z.array(
      z.object({
        name: z.string(),
        vendor: z.string(),
        utilization: percent.nullable(),
        temperature: z.number().nullable(),
        memory_used: bytes.nullable(),
        memory_total: bytes.nullable(),
        memory_percent: percent.nullable(),
      }),
    ),
  })
  .meta({ id: 'Hardware' });
export type Hardware = z.infer<typeof Hardware>;

/** The hardware monitor; the same values come once a second over the WebSocket `/hardware/ws`. */
export const hardwareRoutes = {
  read: route({
    method: 'GET',
    path: '/hardware/',
    tag: 'hardware',
    summary: 'Tell how busy processors, memory and graphics cards are',
    description: 'Percentages of the last second or so. `gpus` lists what `nvidia-smi` knows; it is empty without it.',
    status: 200,
    answer: Hardware,
    example: {
      answer: {
        cpu: { percent: 23.5, per_cpu: [40, 7], frequency_mhz: 2793, cores_physical: 2, cores_logical: 2 },
        ram: { percent: 42.1, used: 3_616_735_232, total: 8_589_934_592, available: 4_973_199_360 },
        gpus: [],
      },
    },
  }),
} as const;
