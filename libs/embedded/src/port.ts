import { createServer } from 'node:net';

/** A port nobody listens on right now, on the loopback interface; somebody may take it before it is used. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('a TCP server has no port'));
        else resolve(address.port);
      });
    });
  });
}
