/**
 * SI unit types. A number that carries a unit in its type: products and plain numbers need no cast, while
 * volts passed where siemens are meant do not compile. The unit text is a product of SI symbols with powers
 * (`'ohm^-1 s^-1'`), and the model compiler reads it to check the dimensions of whole equations.
 */
export type Unit<U extends string> = number & { readonly unit?: U };

export type Dimensionless = Unit<'1'>;
export type Volts = Unit<'V'>;
export type Amperes = Unit<'A'>;
export type Ohms = Unit<'ohm'>;
export type Siemens = Unit<'S'>;
export type Seconds = Unit<'s'>;
export type Joules = Unit<'J'>;
export type Coulombs = Unit<'C'>;
export type Watts = Unit<'W'>;
export type Metres = Unit<'m'>;
export type Kelvin = Unit<'K'>;
export type Farads = Unit<'F'>;
export type Hertz = Unit<'Hz'>;
