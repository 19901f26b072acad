import { Lexer, Source, TokenKind } from 'graphql';
import { LIMITS } from './limits.ts';
import { tooComplex } from './too-complex.ts';

const OPENING: readonly string[] = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING: readonly string[] = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];

/**
 * Refuses a document that is too long or too nested to be parsed. What the parser itself can limit is only the first,
 * and its refusal is told from a mistake in the document by nothing but its words.
 * @throws GraphQLError
 */
export function checkTokens(document: string): void {
  const lexer = new Lexer(new Source(document));
  let nesting = 0;
  for (let tokens = 1; ; tokens += 1) {
    const kind = nextKind(lexer);
    if (kind === null || kind === TokenKind.EOF) return;
    if (tokens > LIMITS.tokens) {
      throw tooComplex({ what: 'a number of tokens', value: tokens, limit: LIMITS.tokens, stopped: true });
    }
    if (OPENING.includes(kind)) nesting += 1;
    if (CLOSING.includes(kind)) nesting -= 1;
    if (nesting > LIMITS.nesting) {
      throw tooComplex({ what: 'a nesting', value: nesting, limit: LIMITS.nesting, stopped: true });
    }
  }
}

/** @returns null for what is no token: the parser says so better, and where */
function nextKind(lexer: Lexer): string | null {
  try {
    return lexer.advance().kind;
  } catch {
    return null;
  }
}
