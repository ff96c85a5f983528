import type { ComponentManifest, WireCredential } from '#contract';
import { CredentialEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { sealKey } from './credential-key.js';
import { verifyKey } from './verify-key.js';

/** Every credential there is a component for. */
export async function listCredentials({ db, catalogue }: Ports): Promise<WireCredential[]> {
  const kept = new Map((await db.manager.find(CredentialEntity)).map((row) => [row.name, row]));
  return catalogue
    .all()
    .filter(({ type }) => type === 'Credential')
    .map((manifest) => wire(manifest, kept.get(manifest.name) ?? null));
}

/** @throws AppError `credential-unknown`. */
export async function getCredential({ db, catalogue }: Ports, name: string): Promise<WireCredential> {
  const manifest = catalogue.get(name, 'Credential', 'credential-unknown');
  return wire(manifest, await db.manager.findOneBy(CredentialEntity, { name }));
}

/** Asks the platform and keeps the key. @throws AppError `credential-unknown`, `credential-rejected`, `dataset-source-failed`. */
export async function authenticateCredential(
  ports: Ports,
  name: string,
  key: string,
): Promise<{ is_authenticated: boolean }> {
  ports.catalogue.get(name, 'Credential', 'credential-unknown');
  await verifyKey(ports, name, key);
  const row = { name, sealed_key: await sealKey(ports, name, key), ending: key.slice(-4) };
  await ports.db.manager.upsert(CredentialEntity, row, ['name']);
  return { is_authenticated: true };
}

/** Forgets the key. @throws AppError `credential-unknown`. */
export async function removeCredential({ db, catalogue }: Ports, name: string): Promise<{ is_authenticated: boolean }> {
  catalogue.get(name, 'Credential', 'credential-unknown');
  await db.manager.delete(CredentialEntity, { name });
  return { is_authenticated: false };
}

const wire = (manifest: ComponentManifest, row: CredentialEntity | null): WireCredential => ({
  name: manifest.name,
  display_name: manifest.displayName,
  description: manifest.description,
  is_authenticated: row !== null,
  key: row === null ? null : `••••${row.ending}`,
});
