export { type Client, type ClientOptions, createClient } from './client.js';
export type { ReceivedEvent } from './events.js';
export { HttpError } from './http-error.js';
export type { FilePart } from './request.js';
