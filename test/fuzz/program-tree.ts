/** A generated program as a tree of statements, so that a failing one can be made smaller. */
export type Piece = string | Compound;

/** A statement with bodies: `open` of each section, its body, and `close` at the end. */
export interface Compound {
  readonly sections: readonly { readonly open: string; readonly body: readonly Piece[] }[];
  readonly close: string;
}

export function print(pieces: readonly Piece[], indent = ''): string {
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return `${indent}${piece}\n`;
      const sections = piece.sections.map(
        ({ open, body }) => `${indent}${open}\n${print(body, `${indent}  `)}`,
      );
      return `${sections.join('')}${indent}${piece.close}\n`;
    })
    .join('');
}

/** All trees that are one step smaller: one statement less, or a compound statement replaced by one of its bodies. */
export function* smaller(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  for (let index = 0; index < pieces.length; index++) yield pieces.toSpliced(index, 1);
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece === 'string') continue;
    for (const { body } of piece.sections) yield pieces.toSpliced(index, 1, ...body);
    for (const [number, section] of piece.sections.entries()) {
      for (const body of smaller(section.body)) {
        const sections = piece.sections.with(number, { ...section, body });
        yield pieces.with(index, { ...piece, sections });
      }
    }
  }
}
