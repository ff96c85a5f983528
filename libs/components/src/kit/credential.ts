import type { ComponentBase } from './component.js';

/** A key of another platform that people keep here; `#workflow` knows how it is verified, under the same name. */
export interface Credential extends ComponentBase {
  readonly kind: 'credential';
}

/** Declares a credential; it takes no parameters. */
export function defineCredential(definition: Omit<Credential, 'kind' | 'params'>): Credential {
  return { kind: 'credential', params: {}, ...definition };
}
