/** Ids of projects, experiments and nodes, by the order in which they were seen: `{node:2}`. */
export class Names {
  #cursor = '';
  #known = { project: new Map(), experiment: new Map(), node: new Map() };

  learn(url, answer) {
    let value;
    try {
      value = JSON.parse(answer.toString());
    } catch {
      return;
    }
    this.#cursor = value?.nextCursor ?? this.#cursor;
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
      .replace(/cursor=[^&]+/, 'cursor={cursor:1}')
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

  /** A recorded text with the ids that were seen this time. */
  resolve(text) {
    return text.replaceAll(/\{(project|experiment|node|cursor):(\d+)\}/g, (all, kind, place) =>
      kind === 'cursor' ? this.#cursor : ([...this.#known[kind].keys()][Number(place) - 1] ?? all),
    );
  }
}

/** Whose `id` stands below a key. */
const KINDS = [
  [/^projects?$/, 'project'],
  [/^experiments?$|^experimentById$/, 'experiment'],
  [/^node$|^nodes$|^children$|^experimentNode$|^files$/, 'node'],
];
