/** Symbols: registered, well-known, or found again by the name that the context gives them. */
import * as F from '../format.ts';
import { WELL_KNOWN_SYMBOLS } from '../intrinsics.ts';
import type { Encoder } from './encoder.ts';
import { refuse } from './refuse.ts';
import { writeString } from './strings.ts';

export function writeSymbol(e: Encoder, symbol: symbol): void {
  const { out } = e;
  const key = Symbol.keyFor(symbol);
  if (key !== undefined) {
    out.byte(F.RARE);
    out.byte(F.RARE_SYMBOL_FOR);
    writeString(e, key);
    return;
  }
  const wellKnown = WELL_KNOWN_SYMBOLS.indexOf(symbol);
  if (wellKnown >= 0) {
    out.byte(F.RARE);
    out.byte(F.RARE_SYMBOL_WELL_KNOWN);
    out.byte(wellKnown);
    return;
  }
  const name = e.context.referenceOf(symbol);
  if (name === undefined) {
    throw refuse(e, symbol, `the symbol ${String(symbol)} that belongs to no module`, {
      fix: 'Use Symbol.for(...), or declare the symbol as a constant at module level.',
    });
  }
  (e.symbols ??= new Set()).add(symbol);
  out.byte(F.RARE);
  out.byte(F.RARE_SYMBOL_NAMED);
  writeString(e, name);
}
