/** A plugin's lifecycle on the wire: known, installed, or broken by an update of ours. */
export const PLUGIN_STATUS = { registered: 1, installed: 2, error: 99 } as const;
/** One of the numbers of a plugin's life cycle. */
export type PluginStatus = (typeof PLUGIN_STATUS)[keyof typeof PLUGIN_STATUS];

/** An installed plugin as a compute child needs it: where its package lies in storage and what its bytes must hash to. */
export interface PluginPackage {
  readonly name: string;
  readonly version: string;
  readonly packageKey: string;
  /** Subresource Integrity: `sha512-<base64>`. */
  readonly integrity: string;
}

/** Names npm gives packages: at most 214 characters, lower case, perhaps with a scope. */
export const PACKAGE_NAME = /^(?=.{1,214}$)(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
