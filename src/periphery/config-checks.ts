import { ConfigError } from '../errors.ts';

/**
 * Refuse a configuration value.
 *
 * @param where - path of the value, such as `dac.bits`
 * @throws ConfigError unless the condition holds
 */
export function requireConfig(holds: boolean, where: string, found: unknown, allowed: string): void {
  if (!holds) {
    throw new ConfigError('periphery', `${where}: found ${String(found)}, expected ${allowed}`, {
      details: { where, found, allowed },
    });
  }
}

/** @throws ConfigError unless the value is finite */
export function requireFinite(where: string, value: number): void {
  requireConfig(Number.isFinite(value), where, value, 'a finite number');
}

/** @throws ConfigError unless the value is finite and above 0 */
export function requirePositive(where: string, value: number): void {
  requireConfig(Number.isFinite(value) && value > 0, where, value, 'a finite number above 0');
}

/** @throws ConfigError unless the value is finite and at least 0 */
export function requireNotNegative(where: string, value: number): void {
  requireConfig(Number.isFinite(value) && value >= 0, where, value, 'a finite number of 0 or more');
}

/** @throws ConfigError unless the table holds `length` finite numbers */
export function requireTable(where: string, table: ArrayLike<number>, length: number): void {
  requireConfig(table.length === length, where, `${table.length} entries`, `${length}, one a code`);
  for (let code = 0; code < length; code++) {
    requireFinite(`${where}[${code}]`, table[code]!);
  }
}
