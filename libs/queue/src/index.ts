export * from './open-consumer.js';
export * from './open-queue.js';
export * from './queue.js';
export type { BrokerConfig } from './broker.js';
