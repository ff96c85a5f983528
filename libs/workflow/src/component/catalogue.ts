import { type DataSource, IsNull } from 'typeorm';

import type { ComponentManifest, ComponentType, ErrorCode } from '#contract';
import { AppError } from '#contract';
import { ComponentEntity } from '#persistence';

/** Manifests by name with their relations, kept in memory and read again when the worker has written new ones. */
export class Catalogue {
  private byName: ReadonlyMap<string, ComponentManifest> = new Map();

  constructor(
    private readonly db: DataSource,
    /** Whether components of plugins are among them. */
    private readonly withPlugins = false,
  ) {}

  /** Reads all manifests; called at boot and on the worker's notification. */
  async refresh(): Promise<void> {
    const where = this.withPlugins ? {} : { plugin_id: IsNull() };
    const rows = await this.db.manager.find(ComponentEntity, { where, order: { position: 'ASC' } });
    this.byName = new Map(rows.map(({ name, manifest }) => [name, manifest]));
  }

  get size(): number {
    return this.byName.size;
  }

  all(): ComponentManifest[] {
    return [...this.byName.values()];
  }

  find(name: string): ComponentManifest | undefined {
    return this.byName.get(name);
  }

  /** The manifest of this name and, if given, type. @throws AppError `missing` with the name. */
  get(name: string, type?: ComponentType, missing: ErrorCode = 'component-not-registered'): ComponentManifest {
    const manifest = this.byName.get(name);
    if (!manifest || (type && manifest.type !== type)) throw new AppError(missing, { name });
    return manifest;
  }

  /** Compatible components, named from either side: first those it names itself, in its order. */
  related(name: string): ComponentManifest[] {
    const own = this.byName.get(name)?.compatible ?? [];
    const others = this.all().filter((manifest) => manifest.compatible.includes(name) && !own.includes(manifest.name));
    return [...own.flatMap((other) => this.byName.get(other) ?? []), ...others];
  }
}
