import { describe } from 'vitest';

import { registry, type Converter } from '#components';

import { converterChecks } from './converter.checks.js';
import { rowConverterChecks } from './row-converter.checks.js';
import { runChecks } from './waivers.js';

const converters = registry.all.filter((component): component is Converter => component.kind === 'converter');

describe.each(converters.map((converter) => [converter.name, converter] as const))('%s', (_, converter) =>
  converter.changesRows ? runChecks(converter, rowConverterChecks) : runChecks(converter, converterChecks),
);
