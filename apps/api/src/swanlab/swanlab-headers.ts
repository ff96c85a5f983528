import type { FastifyInstance } from 'fastify';

import { VERSION } from '#config';

/** Every answer in SwanLab's language says how long it took, in seconds, and by whom it was given. */
export function addSwanLabHeaders(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, _payload, done) => {
    if (request.routeOptions.config.dialect === 'swanlab') {
      void reply.headers({
        'swanlab-process-time': (reply.elapsedTime / 1000).toFixed(4),
        'swanlab-version': VERSION,
      });
    }
    done();
  });
}
