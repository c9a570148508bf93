/** `vThresholdP` as `v_threshold_p`, `data-driven-2016` as `data_driven_2016`. */
export function snakeCase(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2').replaceAll(/[^A-Za-z0-9]+/gu, '_');
  return words.toLowerCase();
}

/** A name for a model that any language takes: it starts with a letter. */
export function modelIdentifier(name: string): string {
  const snake = snakeCase(name);
  return /^[a-z]/u.test(snake) ? snake : `model_${snake}`;
}

/** A name, or the name with `_` behind it where the language keeps it for itself. */
export function unreserved(name: string, reserved: ReadonlySet<string>): string {
  return reserved.has(name) ? `${name}_` : name;
}

/** A number as languages with floating point write it: the shortest digits that give the same double. */
export function floatText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}
