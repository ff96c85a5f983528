import type { Ports } from '#workflow';

/** Nest's token of the ports; every controller takes them by it. */
export const PORTS = Symbol('ports');

export type { Ports };
