import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { AccessTokenReader, discardUpload, storeUpload } from '#workflow';

import { AppModule } from './app.module.js';
import { serveFrontEnd } from './front-end/serve-front-end.js';
import { checkRoutes } from './http/check-routes.js';
import { createHttpApp } from './http/http-app.js';
import type { Limits } from './http/limits.js';
import { takePathToken } from './http/path-token.js';
import { serveSockets } from './http/sockets.js';
import { RunSocket } from './matyan/run-socket.js';
import { MetricsSocket } from './metrics/metrics-socket.js';
import { addSwanLabHeaders } from './swanlab/swanlab-headers.js';
import { markDocsPages, serveDocs } from './openapi/serve-docs.js';
import type { Ports } from './ports.js';

/** What tests turn: answers compared with their schemas, shorter limits. */
export interface ApiOptions {
  readonly checkAnswers?: boolean;
  readonly limits?: Partial<Limits>;
  /** Hears of every route as the router takes it. */
  readonly onRoute?: (route: {
    readonly method: string | string[];
    readonly url: string;
    readonly open: boolean;
  }) => void;
}

/**
 * The API over opened ports, ready to listen.
 * @throws Error when controllers and contract disagree.
 */
export async function createApi(
  ports: Ports,
  { checkAnswers, limits, onRoute }: ApiOptions = {},
): Promise<NestFastifyApplication> {
  const { config, log } = ports;
  const storeFile = {
    fieldBytes: config.bodyBytes,
    store: (part: Parameters<typeof storeUpload>[1]) => storeUpload(ports, part),
    discard: (file: Parameters<typeof discardUpload>[1]) => discardUpload(ports, file),
  };
  const tokens = new AccessTokenReader(ports.db);
  const app = await createHttpApp(AppModule.over(ports), {
    config,
    log,
    storeFile,
    checkAnswers,
    limits,
    readToken: (token) => tokens.read(token),
    prepare: (http) => {
      markDocsPages(http);
      addSwanLabHeaders(http);
      http.addHook('onRoute', ({ method, url, config: route }) =>
        onRoute?.({ method, url, open: route?.open === true }),
      );
    },
  });
  checkRoutes(app);
  const server = app.getHttpAdapter().getInstance();
  await serveDocs(app);
  await serveFrontEnd(server, config.webRoot);
  // Upgrades pass by the router: whoever serves them sees the address without a token, too.
  server.server.on('upgrade', takePathToken);
  const { door } = server.millrace;
  const rooms = [new MetricsSocket(ports), new RunSocket(ports, door)];
  serveSockets(server.server, door, rooms);
  server.addHook('preClose', (done) => {
    for (const room of rooms) room.close();
    done();
  });
  await app.init();
  await server.ready();
  return app;
}
