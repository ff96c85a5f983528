import { describe, expect, it } from 'vitest';

import { MatyanMessage } from './matyan-messages.js';

const at = '2026-01-31T10:22:05.123456+00:00';
const metric = {
  type: 'log_metric',
  name: 'loss',
  value: 1,
  step: 0,
  epoch: null,
  context: null,
  dtype: 'float',
  client_datetime: at,
};

describe('messages of a run', () => {
  it.each([
    [{ type: 'create_run', client_datetime: at }],
    [metric],
    [{ ...metric, value: NaN }],
    [{ ...metric, value: Infinity }],
    [{ ...metric, step: null, context: { __proto__: 1, subset: 'train' } }],
    [{ type: 'log_hparams', value: { hparams: { lr: 1 } } }],
    [{ type: 'set_run_property', name: null }],
    [{ type: 'add_tag', tag_name: 'a' }],
    [{ type: 'remove_tag', tag_name: 'a' }],
    [{ type: 'log_custom_object', name: 'i', value: { type: 'image' } }],
    [{ type: 'log_custom_object', name: 'i', value: [{ type: 'image' }, { type: 'image' }], dtype: 'image' }],
    [{ type: 'log_terminal_line', line: '', step: 0 }],
    [{ type: 'log_record', message: 'm', level: 20, timestamp: 1.5 }],
    [{ type: 'blob_ref', artifact_path: 'a', s3_key: 'r/a' }],
    [{ type: 'blob_ref', artifact_path: 'a', blob_key: 'r/a' }],
    [{ type: 'finish_run', run_id: 'ignored' }],
    [{ type: 'finish_run', idempotency_key: 'k'.repeat(64) }],
  ])('%j is one', (given) => {
    expect(MatyanMessage.safeParse(given).success).toBe(true);
  });

  it('null is a value that is not a number', () => {
    expect(MatyanMessage.parse({ ...metric, value: null })).toMatchObject({ value: NaN });
  });

  it('a date without a zone is UTC', () => {
    const { client_datetime: date } = MatyanMessage.parse({
      type: 'create_run',
      client_datetime: '2026-01-31T10:22:05.123456',
    }) as { client_datetime: Date };
    expect(date.toISOString()).toBe('2026-01-31T10:22:05.123Z');
  });

  it('a context is kept as it came, whatever its keys', () => {
    const context = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as object;
    expect((MatyanMessage.parse({ ...metric, context }) as { context: unknown }).context).toBe(context);
  });

  it.each<[unknown]>([
    [{ type: 'drop_run' }],
    [{ type: 'finish_run', idempotency_key: 'k'.repeat(65) }],
    [{ type: 'finish_run', idempotency_key: '' }],
    [{ ...metric, idempotency_key: 7 }],
    [{}],
    [null],
    ['log_metric'],
    [{ type: 'create_run' }],
    [{ type: 'create_run', client_datetime: 'yesterday' }],
    ...(['name', 'value', 'step', 'epoch', 'context', 'dtype', 'client_datetime'] as const).map(
      (key) => [Object.fromEntries(Object.entries(metric).filter(([name]) => name !== key))] as [unknown],
    ),
    [{ ...metric, value: 'NaN' }],
    [{ ...metric, step: 1.5 }],
    [{ ...metric, step: 2 ** 53 }],
    [{ ...metric, epoch: 2 ** 31 }],
    [{ ...metric, context: [] }],
    [{ ...metric, name: '' }],
    [{ ...metric, name: 'x'.repeat(256) }],
    [{ ...metric, name: 'a\0' }],
    [{ type: 'log_hparams', value: 1 }],
    [{ type: 'add_tag', tag_name: '' }],
    [{ type: 'log_custom_object', name: 'i', value: [] }],
    [{ type: 'log_terminal_line', line: 'x', step: -1 }],
    [{ type: 'log_record', message: 'm', level: 20, timestamp: 1e300 }],
    [{ type: 'blob_ref', artifact_path: 'a' }],
  ])('%j is none', (given) => {
    expect(MatyanMessage.safeParse(given).success).toBe(false);
  });
});
