import { DataType, type Data, type RecordBatch } from 'apache-arrow';

/**
 * A batch may say that it has more rows than its buffers hold, and the library then answers nothing for billions of rows.
 * @throws RangeError.
 */
export function checkBatch(batch: RecordBatch): void {
  for (const child of batch.data.children) checkData(child, batch.numRows);
}

function checkData(data: Data, rows: number): void {
  if (data.length < rows || data.offset < 0) throw new RangeError('Arrow rows');
  const type: DataType = data.type;
  if (DataType.isNull(type)) return;
  const validity = (data.nullBitmap as Uint8Array | undefined)?.length ?? 0;
  if (validity > 0 && validity * 8 < data.offset + rows) throw new RangeError('Arrow validity');
  if (DataType.isStruct(type)) for (const child of data.children) checkData(child, rows);
  else if (hasOffsets(type)) checkOffsets(data, rows);
  else if (DataType.isFixedSizeList(type)) checkData(data.children[0]!, rows * type.listSize);
  else checkValues(data, rows, DataType.isBool(type));
}

function checkValues(data: Data, rows: number, isBits: boolean): void {
  const held = (data.values as { readonly length: number } | undefined)?.length ?? 0;
  if (isBits ? held * 8 < rows : held < rows * data.stride) throw new RangeError('Arrow values');
}

/** Offsets never fall and end inside of what they point into. */
function checkOffsets(data: Data, rows: number): void {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  const [child] = data.children;
  const held = child?.length ?? (data.values as { readonly length: number } | undefined)?.length ?? 0;
  let before = 0;
  for (let row = 0; row <= rows; row++) {
    const offset = Number(offsets[row] ?? -1);
    if (offset < before || offset > held) throw new RangeError('Arrow offsets');
    before = offset;
  }
  if (child) checkData(child, before);
}

const hasOffsets = (type: DataType): boolean =>
  DataType.isUtf8(type) ||
  DataType.isLargeUtf8(type) ||
  DataType.isBinary(type) ||
  DataType.isLargeBinary(type) ||
  DataType.isList(type) ||
  DataType.isMap(type);
