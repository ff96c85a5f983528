import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';

import { Names } from './names.mjs';

/** Headers that matter to the server; tokens, lengths and the client's name do not. */
const KEPT = ['content-type'];

/** A proxy before a Millrace that keeps what passes; ids are kept by what they name, so that another database can be asked the same. */
export async function startRecorder(target) {
  const calls = [];
  const names = new Names();
  const server = createServer((request, reply) => {
    forward(request, target).then(
      ({ body, response, answer }) => {
        // Uploads may come at once: in the order of their answers, ids are known before they are used.
        // Ten thousand rows are no fixture.
        if (!request.url.includes('/metrics/long/')) calls.push(kept(request, body, response.status, names));
        names.learn(request.url, answer);
        const headers = Object.fromEntries(
          [...response.headers].filter(([name]) => !['connection', 'transfer-encoding'].includes(name)),
        );
        reply.writeHead(response.status, headers).end(answer);
      },
      (error) => reply.writeHead(502).end(String(error)),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: async (file) => {
      server.closeAllConnections();
      server.close();
      if (file && calls.length > 0)
        await writeFile(file, `[\n${calls.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
    },
  };
}

async function forward(request, target) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { host: _host, connection: _connection, ...headers } = request.headers;
  delete headers['content-length'];
  delete headers['accept-encoding'];
  const response = await fetch(target + request.url, {
    method: request.method,
    headers,
    redirect: 'manual',
    ...(body.length > 0 ? { body } : {}),
  });
  return { body, response, answer: Buffer.from(await response.arrayBuffer()) };
}

function kept({ method, url, headers }, body, status, names) {
  const type = headers['content-type'] ?? '';
  const text = body.toString(type.startsWith('multipart/') ? 'latin1' : 'utf8');
  return {
    method,
    path: names.inPath(url),
    headers: Object.fromEntries(
      KEPT.filter((name) => headers[name] !== undefined).map((name) => [name, headers[name]]),
    ),
    ...(body.length === 0
      ? {}
      : type.startsWith('application/json')
        ? { json: names.inJson(JSON.parse(text)) }
        : { form: names.inForm(text) }),
    status,
  };
}
