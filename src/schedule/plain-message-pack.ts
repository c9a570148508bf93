import { ScheduleError } from '../errors.ts';

const maxDepth = 32;

/** Payload bytes after the head byte, for the fixed-size types that a schedule may hold: integers and float64. */
const payloads = new Map<number, number>([
  [0xc0, 0],
  [0xc2, 0],
  [0xc3, 0],
  [0xcb, 8],
  [0xcc, 1],
  [0xcd, 2],
  [0xce, 4],
  [0xd0, 1],
  [0xd1, 2],
  [0xd2, 4],
]);

/**
 * Walk over bytes before a library turns them into objects, and refuse what a schedule never holds: extension and
 * binary types, keys that are not text, lengths beyond the end, deep nesting, bytes after the value. A general
 * decoder runs code for some extensions; it must not see them.
 *
 * @throws ScheduleError naming the byte
 * @source MessagePack specification, github.com/msgpack/msgpack, "Formats"
 */
export function requirePlainMessagePack(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = skipValue(view, 0, 0);
  if (end !== bytes.length) {
    throw damaged(end, `${bytes.length - end} bytes after the end`);
  }
}

function skipValue(view: DataView, at: number, depth: number): number {
  if (depth > maxDepth) {
    throw damaged(at, `nesting beyond ${maxDepth} levels`);
  }
  const head = readLength(view, at, 1);
  if (head <= 0x7f || head >= 0xe0) {
    return at + 1;
  }
  if (head <= 0x8f) {
    return skipMap(view, at + 1, head & 0x0f, depth);
  }
  if (head <= 0x9f) {
    return skipList(view, at + 1, head & 0x0f, depth);
  }
  if (head <= 0xbf) {
    return skipBytes(view, at + 1, head & 0x1f);
  }
  const payload = payloads.get(head);
  if (payload !== undefined) {
    return skipBytes(view, at + 1, payload);
  }
  switch (head) {
    case 0xd9:
      return skipBytes(view, at + 2, readLength(view, at + 1, 1));
    case 0xda:
      return skipBytes(view, at + 3, readLength(view, at + 1, 2));
    case 0xdb:
      return skipBytes(view, at + 5, readLength(view, at + 1, 4));
    case 0xdc:
      return skipList(view, at + 3, readLength(view, at + 1, 2), depth);
    case 0xdd:
      return skipList(view, at + 5, readLength(view, at + 1, 4), depth);
    case 0xde:
      return skipMap(view, at + 3, readLength(view, at + 1, 2), depth);
    case 0xdf:
      return skipMap(view, at + 5, readLength(view, at + 1, 4), depth);
    default:
      throw damaged(at, `type 0x${head.toString(16)}`);
  }
}

function skipList(view: DataView, start: number, length: number, depth: number): number {
  let at = start;
  for (let item = 0; item < length; item++) {
    at = skipValue(view, at, depth + 1);
  }
  return at;
}

function skipMap(view: DataView, start: number, length: number, depth: number): number {
  let at = start;
  for (let item = 0; item < length; item++) {
    const head = readLength(view, at, 1);
    if (!((head >= 0xa0 && head <= 0xbf) || (head >= 0xd9 && head <= 0xdb))) {
      throw damaged(at, 'a key that is not text');
    }
    at = skipValue(view, skipValue(view, at, depth + 1), depth + 1);
  }
  return at;
}

function skipBytes(view: DataView, at: number, length: number): number {
  if (at + length > view.byteLength) {
    throw damaged(view.byteLength, 'the end in the middle of a value');
  }
  return at + length;
}

function readLength(view: DataView, at: number, size: 1 | 2 | 4): number {
  skipBytes(view, at, size);
  if (size === 1) {
    return view.getUint8(at);
  }
  return size === 2 ? view.getUint16(at) : view.getUint32(at);
}

function damaged(at: number, found: string): ScheduleError {
  return new ScheduleError(
    'schedule-bytes',
    `schedule, byte ${at}: found ${found}, expected canonical MessagePack`,
    {
      hint: 'The file is damaged, or it is not a schedule.',
      details: { byte: at, found },
    },
  );
}
