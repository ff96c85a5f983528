export { type Client, type ClientOptions, createClient } from './client.js';
export type { ReceivedEvent } from './events.js';
export { followJob, type FollowOptions, JobError, waitForJob } from './follow-job.js';
export { HttpError } from './http-error.js';
export { type Patience, send, type Sending } from './send.js';
export type { FilePart, UploadProgress } from './upload.js';
