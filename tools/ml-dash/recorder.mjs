import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';

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
        calls.push(kept(request, body, response.status, names));
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
      if (file) await writeFile(file, `${JSON.stringify(calls, null, 1)}\n`);
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

/** Ids of projects, experiments and nodes, by the order in which they were seen: `{node:2}`. */
class Names {
  #known = { project: new Map(), experiment: new Map(), node: new Map() };

  learn(url, answer) {
    let value;
    try {
      value = JSON.parse(answer.toString());
    } catch {
      return;
    }
    if (value?.data) this.#walk(value.data, undefined);
    else if (/\/nodes(?:\/|$)/.test(url)) this.#walk(/\/namespaces\//.test(url) ? value : { node: value }, undefined);
    else if (url.startsWith('/api/search/files')) for (const file of value.files ?? []) this.#add('node', file.id);
  }

  #walk(value, kind) {
    if (Array.isArray(value)) for (const item of value) this.#walk(item, kind);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    if (kind && value.id !== undefined) this.#add(kind, value.id);
    for (const [key, inner] of Object.entries(value)) {
      const found = KINDS.find(([pattern]) => pattern.test(key))?.[1];
      if (typeof inner === 'object')
        this.#walk(inner, found ?? (Array.isArray(inner) || key === 'filesPaginated' ? kind : undefined));
    }
  }

  #add(kind, id) {
    const known = this.#known[kind];
    if (!known.has(`${id}`)) known.set(`${id}`, `{${kind}:${known.size + 1}}`);
  }

  #name = (kind, id) => this.#known[kind].get(`${id}`) ?? id;

  inPath = (url) =>
    url
      .replace(/^(\/api\/experiments\/)(\d+)/, (_all, before, id) => before + this.#name('experiment', id))
      .replace(/^(\/api\/nodes\/)(\d+)/, (_all, before, id) => before + this.#name('node', id))
      .replace(/^(\/api\/projects\/)(\d+)/, (_all, before, id) => before + this.#name('project', id))
      .replace(/(experimentId=)(\d+)/, (_all, before, id) => before + this.#name('experiment', id));

  inJson(value) {
    if (typeof value.query === 'string') {
      // Variables called `id` are what their query says.
      const kind = /project\(id: \$/.test(value.query) ? 'project' : 'experiment';
      return { ...value, variables: this.#named(value.variables, kind) };
    }
    return this.#named(value, undefined);
  }

  #named(value, kind) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const found = { projectId: 'project', experimentId: 'experiment', parentId: 'node', id: kind }[key];
        return [
          key,
          found && (typeof inner === 'string' || typeof inner === 'number') ? this.#name(found, inner) : inner,
        ];
      }),
    );
  }

  /** Parts of a form as they came, with ids named. */
  inForm = (text) =>
    text.replace(
      /(name="(projectId|experimentId|parentId)"\r\n\r\n)(\d+)/g,
      (_all, before, field, id) =>
        before + this.#name({ projectId: 'project', experimentId: 'experiment', parentId: 'node' }[field], id),
    );
}

/** Whose `id` stands below a key. */
const KINDS = [
  [/^projects?$/, 'project'],
  [/^experiments?$|^experimentById$/, 'experiment'],
  [/^node$|^nodes$|^children$|^experimentNode$|^files$/, 'node'],
];
