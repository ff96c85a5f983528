import dgram from 'node:dgram';
import dns from 'node:dns';
import module, { builtinModules, syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import v8 from 'node:v8';
import threads from 'node:worker_threads';

import { AppError } from '#contract';

/** Modules of Node that code of plugins may use; files are for Node's own rules. Whatever Node gets in later versions is refused. */
const ALLOWED = new Set(
  `_stream_duplex _stream_passthrough _stream_readable _stream_transform _stream_wrap _stream_writable
   assert assert/strict async_hooks buffer console constants crypto diagnostics_channel events fs fs/promises module os path path/posix
   path/win32 perf_hooks process punycode querystring readline readline/promises stream stream/consumers stream/promises stream/web
   string_decoder sys timers timers/promises tty url util util/types v8 vm worker_threads zlib`.split(/\s+/),
);
/** Modules that are known by this name alone, and so not listed by every version that has them. */
const UNLISTED = ['node:sqlite', 'node:ffi', 'node:quic'];
/** What every way of connecting and listening comes down to, also for code that holds a class or function from before. */
const METHODS: readonly (readonly [name: string, prototype: object, methods: readonly string[]])[] = [
  ['net', net.Socket.prototype, ['connect']],
  ['net', net.Server.prototype, ['listen']],
  ['dgram', dgram.Socket.prototype, ['bind', 'connect', 'send', 'addMembership']],
  ['dns', dns.Resolver.prototype, lookups(dns.Resolver.prototype)],
  ['dns', dns.promises.Resolver.prototype, lookups(dns.promises.Resolver.prototype)],
];
/** Single functions that reach other processes, start threads whose doors are open, or load compiled code. */
const FUNCTIONS: readonly (readonly [name: string, owner: object, functions: readonly string[]])[] = [
  ['process', process, ['kill', '_kill', 'dlopen', 'execve', '_linkedBinding', 'binding']],
  ['worker_threads', threads, ['Worker']],
  // Its hooks run in a thread of their own.
  ['module', module, ['register', 'registerHooks']],
  ['os', os, ['setPriority']],
  ['v8', v8, ['setFlagsFromString']],
];
const GLOBALS = ['fetch', 'WebSocket', 'EventSource'] as const;

/**
 * Takes from this thread, before code of plugins comes, what such code has no use for: the network, other processes and threads, compiled
 * add-ons, and the channel to its child. This is the wall of a system that gives no better, and the one that says in words what was tried.
 * Nothing of it can be undone here.
 */
export function closeDoors(): void {
  // All are loaded before one is closed, for they use each other while they load.
  const refused = [...builtinModules, ...UNLISTED]
    .filter((name) => !ALLOWED.has(name))
    .map((name): [string, object] => [name, loaded(name)]);
  for (const [name, owner, functions] of [...METHODS, ...FUNCTIONS])
    for (const one of functions) close(owner, one, `${name}.${one}`);
  for (const [name, exported] of refused)
    for (const one of Object.keys(exported)) close(exported, one, `${name}.${one}`);
  for (const name of GLOBALS) close(globalThis, name, name);
  for (const name of ['parentPort', 'workerData']) fix(threads, name, null);
  syncBuiltinESMExports();
}

/** A module of Node; nothing of it where this version or thread has none. */
function loaded(name: string): object {
  try {
    return process.getBuiltinModule(name) ?? {};
  } catch {
    return {};
  }
}

function close(owner: object, name: string, what: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (descriptor?.configurable !== true || typeof (owner as Record<string, unknown>)[name] !== 'function') return;
  // Written so that it is called with and without `new`.
  fix(owner, name, function refused(): never {
    throw new AppError('plugin-denied', { what });
  });
}

function fix(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false });
}

/** Everything of a resolver that asks somebody. */
function lookups(prototype: object): string[] {
  return Object.getOwnPropertyNames(prototype).filter((name) => /^(?:resolve|reverse|lookup|setServers)/.test(name));
}
