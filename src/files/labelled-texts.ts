/** Texts with a class each. */
export interface LabelledTexts {
  readonly texts: readonly string[];
  /** [texts], from 0. */
  readonly labels: Uint8Array;
}
