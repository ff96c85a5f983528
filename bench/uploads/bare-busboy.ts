// The peer: Busboy straight to a file, hashing on the way; nothing else.
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Busboy, type BusboyHeaders } from '@fastify/busboy';

const folder = process.env['UPLOAD_FOLDER']!;

createServer((request, response) => {
  if (request.method === 'GET') {
    response.end('ok');
    return;
  }
  const busboy = new Busboy({ headers: request.headers as BusboyHeaders });
  busboy.on('file', (_field, stream) => {
    const hash = createHash('sha256');
    const meter = new Transform({
      highWaterMark: 1 << 20,
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    void pipeline(
      stream,
      meter,
      createWriteStream(join(folder, `bare-${randomUUID()}`), { highWaterMark: 1 << 20 }),
    ).then(() => {
      response.writeHead(201).end(hash.digest('hex'));
    });
  });
  request.pipe(busboy);
}).listen(Number(process.env['MILLRACE_PORT']), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
