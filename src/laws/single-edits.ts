/** A copy of plain data that differs from it in one place. */
export interface SingleEdit<Value> {
  /** What was changed, such as `operations[2].volts`. */
  readonly place: string;
  readonly value: Value;
}

type Key = string | number;

/** Deeper than any plain data of the project. */
const maxDepth = 32;

/**
 * Walk through every way to change plain data in one place: each number, text and truth value replaced by another,
 * each member and each entry of a list left out.
 *
 * @example
 * [...singleEdits({ a: 1, b: [true] })].map(({ place }) => place); // ['a', 'a', 'b', 'b[0]', 'b[0]']
 */
export function* singleEdits<Value extends object>(value: Value): Generator<SingleEdit<Value>> {
  for (const path of pathsOf(value, [])) {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    const removed = structuredClone(value);
    remove(removed, path);
    yield { place: place.replace(/^\./u, ''), value: removed };
    const changed = structuredClone(value);
    if (change(changed, path)) {
      yield { place: place.replace(/^\./u, ''), value: changed };
    }
  }
}

function* pathsOf(value: object, path: readonly Key[]): Generator<readonly Key[]> {
  const keys: readonly Key[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of keys) {
    const member: unknown = Reflect.get(value, key);
    yield [...path, key];
    if (typeof member === 'object' && member !== null && path.length < maxDepth) {
      yield* pathsOf(member, [...path, key]);
    }
  }
}

function ownerOf(value: object, path: readonly Key[]): object {
  return path.slice(0, -1).reduce<object>((owner, key) => Object(Reflect.get(owner, key)), value);
}

function remove(value: object, path: readonly Key[]): void {
  const owner = ownerOf(value, path);
  const last = path.at(-1)!;
  if (Array.isArray(owner)) {
    owner.splice(Number(last), 1);
  } else {
    Reflect.deleteProperty(owner, last);
  }
}

/** Whether there was a single value to change. */
function change(value: object, path: readonly Key[]): boolean {
  const owner = ownerOf(value, path);
  const last = path.at(-1)!;
  const other = otherThan(Reflect.get(owner, last));
  return other !== undefined && Reflect.set(owner, last, other);
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') {
    return value === 0 ? 1 : 2 * value;
  }
  if (typeof value === 'string') {
    return `${value}x`;
  }
  return typeof value === 'boolean' ? !value : undefined;
}
