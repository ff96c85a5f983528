import type { LocalText } from '#contract';

import type { Ports } from '../ports.js';
import { isDownloaded } from './download-state.js';

/** A component that a configuration needs and that is not there yet; `parent` is the component that names it. */
export interface RequiredDownload {
  readonly name: string;
  readonly parent: string | null;
  readonly download_size_bytes: number | null;
  readonly display_name: LocalText;
}
interface Named {
  readonly name: string;
  readonly parent: string | null;
}

/** Parameters nest no deeper than this; what is below is not looked at. */
const DEEPEST = 64;

/** Components named in (nested) parameters, and the model itself first, that still have to be downloaded. */
export async function requiredDownloads(
  ports: Ports,
  { model_name: model, parameters }: { model_name: string | null; parameters: Readonly<Record<string, unknown>> },
): Promise<RequiredDownload[]> {
  const named: Named[] = [
    ...(model === null ? [] : [{ name: model, parent: null }]),
    ...Object.values(parameters).flatMap((value) => componentsIn(value, null)),
  ];
  const first = new Map([...named].reverse().map((one) => [one.name, one]));
  const known = [...first.values()].reverse().flatMap((one) => {
    const manifest = ports.catalogue.find(one.name);
    return manifest ? [{ ...one, manifest }] : [];
  });
  const missing = await Promise.all(known.map(async (one) => ((await isDownloaded(ports, one.manifest)) ? [] : [one])));
  return missing.flat().map(({ name, parent, manifest }) => {
    const size = manifest.metadata['download_size_bytes'];
    return {
      name,
      parent,
      download_size_bytes: typeof size === 'number' ? size : null,
      display_name: manifest.displayName,
    };
  });
}

/**
 * Components a parameter's value names, outermost first. A component field holds `{component, params}`, or what the form
 * makes of it: `{properties: {component: <base>, params: {comp: {component, params}}}}`.
 */
function componentsIn(value: unknown, parent: string | null, depth = 0): Named[] {
  const outer = asObject(asObject(value)?.['properties'] ?? value);
  const inner = asObject(asObject(outer?.['params'])?.['comp']) ?? outer;
  const name = inner?.['component'];
  if (typeof name !== 'string' || depth > DEEPEST) return [];
  const nested = Object.values(asObject(inner?.['params']) ?? {});
  return [{ name, parent }, ...nested.flatMap((one) => componentsIn(one, name, depth + 1))];
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
