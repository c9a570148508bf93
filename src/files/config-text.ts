import { Lexer, LineCounter, Parser, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, Pair, YAMLMap } from 'yaml';
import { configError, type ConfigIssue, type ConfigPath, type Place } from './config-issue.ts';

/** Plain data read from YAML or JSON text, and where in the text each of its values stands. */
export interface ConfigText {
  readonly value: unknown;
  /** Place of a value, or of the innermost value around it that is there. */
  placeOf(path: ConfigPath): Place;
  /** Place of a key. */
  placeOfKey(path: ConfigPath): Place;
}

const maxParserDepth = 128;
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;

/**
 * Read YAML 1.2 or JSON text as plain data. What makes a file mean something else than it shows is refused:
 * anchors, aliases, tags, merge keys, directives, duplicate keys, and numbers that are not finite, not decimal or
 * not exact.
 *
 * @param name - how to call the text in an error; a name that ends in `.json` makes JSON syntax binding
 * @throws ConfigError with all issues at once
 * @example
 * parseConfigText('tolerance: 0.01', 'lab.yaml').value; // { tolerance: 0.01 }
 */
export function parseConfigText(text: string, name: string): ConfigText {
  const lines = new LineCounter();
  checkNesting(text, name);
  // yaml compares every key with every other; the walk below finds duplicates in linear time.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const reader = new NodeReader((offset) => toPlace(lines, offset));
  for (const error of document.errors) {
    reader.refuse([], error.pos[0], `text that is not YAML (${error.message})`, 'well-formed text');
  }
  if (document.directives?.yaml.explicit === true) {
    reader.refuse([], 0, 'a %YAML directive', 'none; the text is read as YAML 1.2');
  }
  const value = document.errors.length === 0 ? reader.read(document.contents, []) : undefined;
  if (reader.issues.length > 0) {
    throw configError(name, reader.issues);
  }
  if (name.endsWith('.json')) {
    checkJsonSyntax(text, name);
  }
  return {
    value,
    placeOf: (path) => reader.nearest(reader.values, path),
    placeOfKey: (path) => reader.nearest(reader.keys, path),
  };
}

/** The composer of the yaml package recurses, and deep nesting ends the process; its parser keeps a stack. */
function checkNesting(text: string, name: string): void {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    for (const _token of parser.next(lexeme)) {
      // Whole documents are of no interest here.
    }
    if (parser.stack.length > maxParserDepth) {
      const place = toPlace(lines, parser.offset);
      throw configError(name, [
        { ...place, path: [], found: 'deeper nesting', allowed: 'at most 60 levels of nesting' },
      ]);
    }
  }
}

function toPlace(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function checkJsonSyntax(text: string, name: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const found = `text that is not JSON (${error instanceof Error ? error.message : String(error)})`;
    throw configError(name, [{ line: 1, column: 1, path: [], found, allowed: 'JSON, as the name says' }]);
  }
}

class NodeReader {
  readonly issues: ConfigIssue[] = [];
  readonly values = new Map<string, Place>();
  readonly keys = new Map<string, Place>();
  readonly #placeAt: (offset: number) => Place;

  constructor(placeAt: (offset: number) => Place) {
    this.#placeAt = placeAt;
  }

  read(node: Node | null, path: ConfigPath): unknown {
    const offset = node?.range?.[0] ?? 0;
    this.values.set(JSON.stringify(path), this.#placeAt(offset));
    if (node === null) {
      return null;
    }
    if (isAlias(node)) {
      this.refuse(path, offset, `the alias *${node.source}`, 'the value itself');
      return null;
    }
    this.#checkProperties(node, path, offset);
    if (isMap(node)) {
      return this.#readMap(node as YAMLMap<Node, Node | null>, path);
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => this.read(item as Node | null, [...path, index]));
    }
    return isScalar(node) ? this.#readScalar(node.value, node.source, path, offset) : null;
  }

  refuse(path: ConfigPath, offset: number, found: string, allowed: string): void {
    this.issues.push({ ...this.#placeAt(offset), path, found, allowed });
  }

  nearest(places: ReadonlyMap<string, Place>, path: ConfigPath): Place {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(JSON.stringify(path.slice(0, length)));
      if (place !== undefined) {
        return place;
      }
    }
    return this.values.get('[]') ?? { line: 1, column: 1 };
  }

  #checkProperties(node: Node, path: ConfigPath, offset: number): void {
    if ('anchor' in node && typeof node.anchor === 'string') {
      this.refuse(path, offset, `the anchor &${node.anchor}`, 'no anchors');
    }
    if (typeof node.tag === 'string') {
      this.refuse(path, offset, `the tag ${node.tag}`, 'no tags');
    }
  }

  #readMap(map: YAMLMap<Node, Node | null>, path: ConfigPath): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const pair of map.items) {
      const key = this.#readKey(pair, path);
      if (key === undefined) {
        continue;
      }
      const offset = pair.key.range?.[0] ?? 0;
      if (entries.has(key)) {
        this.refuse([...path, key], offset, `the key ${key} a second time`, 'each key once');
      }
      this.keys.set(JSON.stringify([...path, key]), this.#placeAt(offset));
      entries.set(key, this.read(pair.value, [...path, key]));
    }
    return Object.fromEntries(entries);
  }

  #readKey(pair: Pair<Node, Node | null>, path: ConfigPath): string | undefined {
    const key = pair.key;
    const offset = key.range?.[0] ?? 0;
    if (!isScalar(key)) {
      this.refuse(path, offset, isAlias(key) ? 'an alias as key' : 'a list or map as key', 'a name as key');
      return undefined;
    }
    this.#checkProperties(key, path, offset);
    if (typeof key.value !== 'string' || key.value === '__proto__') {
      this.refuse(path, offset, `the key ${key.source ?? 'null'}`, 'a name as key');
      return undefined;
    }
    if (key.value === '<<') {
      this.refuse(path, offset, 'the merge key <<', 'no merge keys');
      return undefined;
    }
    return key.value;
  }

  #readScalar(value: unknown, source: string | undefined, path: ConfigPath, offset: number): unknown {
    if (typeof value !== 'number') {
      return value;
    }
    const text = source ?? String(value);
    if (!jsonNumber.test(text)) {
      this.refuse(path, offset, text, 'a decimal number, written as in JSON');
    } else if (!Number.isFinite(value)) {
      this.refuse(path, offset, text, 'a finite number');
    } else if (/^-?\d+$/u.test(text) && !Number.isSafeInteger(value)) {
      this.refuse(path, offset, text, 'an integer of magnitude below 2^53');
    }
    return value;
  }
}
