import type { Caller } from '#contract';
import type { NoteOwner, TrackedNote } from '#tracking';

import type { Ports } from '../ports.js';
import { matyanGroup } from './experiments.js';
import { matyanProject, matyanRun } from './matyan-project.js';
import { epochSeconds } from './run-props.js';

/** What a note is about, as the client names it: a run's hash or an experiment's id. */
export type NotedThing = { readonly run: string } | { readonly experiment: string };
interface WireNote {
  readonly id: string;
  readonly content: string;
  readonly updated_at: number;
}

/** @throws AppError `tracked-run-not-found`, `tracked-group-not-found`. */
export async function listMatyanNotes(
  ports: Ports,
  caller: Caller,
  about: NotedThing,
): Promise<(WireNote & { readonly created_at: number })[]> {
  const notes = await ports.tracked.notes.list(await ownerOf(ports, caller, about));
  return notes.map((note) => ({ ...toWire(note), created_at: epochSeconds(note.created) }));
}

/** @throws AppError `tracked-run-not-found`, `tracked-group-not-found`. */
export async function createMatyanNote(
  ports: Ports,
  caller: Caller,
  about: NotedThing,
  content: string,
): Promise<{ id: string; created_at: number }> {
  const { id, created } = await ports.tracked.notes.create(await ownerOf(ports, caller, about), content.trim());
  return { id, created_at: epochSeconds(created) };
}

/** @throws AppError `tracked-note-not-found` and those of what it is about. */
export async function getMatyanNote(ports: Ports, caller: Caller, about: NotedThing, id: string): Promise<WireNote> {
  return toWire(await ports.tracked.notes.get(await ownerOf(ports, caller, about), id));
}

/** @throws AppError `tracked-note-not-found` and those of what it is about. */
export async function changeMatyanNote(
  ports: Ports,
  caller: Caller,
  about: NotedThing,
  { id, content }: { readonly id: string; readonly content: string },
): Promise<WireNote> {
  return toWire(await ports.tracked.notes.change(await ownerOf(ports, caller, about), id, content.trim()));
}

/** @throws AppError `tracked-note-not-found` and those of what it is about. */
export async function removeMatyanNote(
  ports: Ports,
  caller: Caller,
  about: NotedThing,
  id: string,
): Promise<{ status: 'OK' }> {
  await ports.tracked.notes.remove(await ownerOf(ports, caller, about), id);
  return { status: 'OK' };
}

async function ownerOf(ports: Ports, caller: Caller, about: NotedThing): Promise<NoteOwner> {
  if ('run' in about) return { runId: (await matyanRun(ports, caller, about.run)).id };
  const group = await matyanGroup(ports, await matyanProject(ports, caller), about.experiment);
  return { groupId: group.id };
}

const toWire = ({ id, content, lastModified }: TrackedNote): WireNote => ({
  id,
  content,
  updated_at: epochSeconds(lastModified),
});
