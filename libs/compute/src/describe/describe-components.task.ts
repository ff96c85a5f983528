import { manifestOf, registry } from '#components';

import type { Task } from '../host.js';

/** Every component as plain data, in the order of the registry. */
export const describeComponents: Task<'describe-components'> = () =>
  Promise.resolve({ manifests: registry.all.map(manifestOf) });
