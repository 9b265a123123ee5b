/**
 * `adlcp:prerequisites` of type `aicc_script` (SCORM 1.2 Content Aggregation Model, 2.3.2.5.1): which activities must have which status
 * before an activity may be entered.
 */
export type Prerequisite =
  | { readonly kind: "activity"; readonly identifier: string }
  | {
      readonly kind: "status";
      readonly identifier: string;
      readonly equal: boolean;
      readonly status: PrerequisiteStatus;
    }
  | { readonly kind: "not"; readonly operand: Prerequisite }
  | { readonly kind: "and" | "or"; readonly operands: readonly Prerequisite[] }
  | { readonly kind: "set"; readonly atLeast: number; readonly members: readonly Prerequisite[] };

/** Words that may stand beside `=` and `<>`; only the first letter of a word counts. */
export type PrerequisiteStatus = "passed" | "completed" | "failed" | "incomplete" | "browsed" | "not attempted";

export interface ParsedPrerequisites {
  readonly ok: true;
  readonly expression: Prerequisite;
  /** Every activity that is named, with its 1-based column, so that an import can say which of them do not exist. */
  readonly identifiers: readonly { readonly identifier: string; readonly column: number }[];
}

export interface PrerequisitesError {
  readonly ok: false;
  /** 1-based column of the first character that does not fit. */
  readonly column: number;
  readonly message: string;
}

type Token = { readonly text: string; readonly column: number; readonly kind: "sign" | "word" | "quoted" | "end" };

const tokens = /\s+|(<>|[&|~=(){},*])|(["'])(.*?)\2|([^\s&|~=<>(){},*"']+)/y;

const statuses: Readonly<Record<string, PrerequisiteStatus>> = {
  p: "passed",
  c: "completed",
  f: "failed",
  i: "incomplete",
  b: "browsed",
  n: "not attempted",
};

/** Reads a prerequisites expression. `~` binds closest, then `=` and `<>`, then `&`, then `|`; `2*{A,B,C}` asks for two of three. */
export function parsePrerequisites(text: string): ParsedPrerequisites | PrerequisitesError {
  try {
    return new Parser(text).parse();
  } catch (error) {
    if (error instanceof Unexpected) return { ok: false, column: error.column, message: error.message };
    throw error;
  }
}

class Unexpected extends Error {
  readonly column: number;
  constructor(message: string, column: number) {
    super(message);
    this.column = column;
  }
}

/** Levels of parentheses, sets and negations; the book's own limit is 200 characters for the whole expression. */
const deepest = 100;

class Parser {
  readonly #tokens: readonly Token[];
  readonly #identifiers: { identifier: string; column: number }[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  parse(): ParsedPrerequisites {
    const expression = this.#or();
    const rest = this.#token();
    if (rest.kind !== "end") throw new Unexpected(`"${rest.text}" does not continue the expression`, rest.column);
    return { ok: true, expression, identifiers: this.#identifiers };
  }

  #token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #take(sign: string): boolean {
    const token = this.#token();
    if (token.kind !== "sign" || token.text !== sign) return false;
    this.#at++;
    return true;
  }

  #expect(sign: string): void {
    const token = this.#token();
    if (!this.#take(sign)) throw new Unexpected(`"${sign}" is missing`, token.column);
  }

  /** One level deeper; an expression that nests without end is refused before it fills the stack. */
  #nested(read: () => Prerequisite): Prerequisite {
    if (++this.#depth > deepest) throw new Unexpected("the expression is nested too deeply", this.#token().column);
    const inner = read();
    this.#depth--;
    return inner;
  }

  #or(): Prerequisite {
    const operands = [this.#and()];
    while (this.#take("|")) operands.push(this.#and());
    return operands.length === 1 && operands[0] ? operands[0] : { kind: "or", operands };
  }

  #and(): Prerequisite {
    const operands = [this.#not()];
    while (this.#take("&")) operands.push(this.#not());
    return operands.length === 1 && operands[0] ? operands[0] : { kind: "and", operands };
  }

  #not(): Prerequisite {
    return this.#take("~") ? { kind: "not", operand: this.#nested(() => this.#not()) } : this.#term();
  }

  #term(): Prerequisite {
    const token = this.#token();
    if (this.#take("(")) {
      const inner = this.#nested(() => this.#or());
      this.#expect(")");
      return inner;
    }
    if (this.#take("{")) return this.#set(undefined);
    if (token.kind === "sign")
      throw new Unexpected(`"${token.text}" stands where an activity is expected`, token.column);
    if (token.kind === "end") throw new Unexpected("an activity is missing", token.column);
    this.#at++;
    if (token.kind === "word" && /^\d+$/.test(token.text) && this.#take("*")) {
      this.#expect("{");
      return this.#set(token);
    }
    this.#identifiers.push({ identifier: token.text, column: token.column });
    if (this.#take("=")) return this.#status(token.text, true);
    if (this.#take("<>")) return this.#status(token.text, false);
    return { kind: "activity", identifier: token.text };
  }

  #status(identifier: string, equal: boolean): Prerequisite {
    const token = this.#token();
    const status = token.kind === "sign" ? undefined : statuses[token.text.charAt(0).toLowerCase()];
    if (status === undefined)
      throw new Unexpected(
        "a status is missing: passed, completed, failed, incomplete, browsed or not attempted",
        token.column,
      );
    this.#at++;
    // The one status of two words, when it is not quoted.
    if (token.kind === "word" && token.text.toLowerCase() === "not" && this.#token().text.toLowerCase() === "attempted")
      this.#at++;
    return { kind: "status", identifier, equal, status };
  }

  #set(count: Token | undefined): Prerequisite {
    const members = [this.#nested(() => this.#or())];
    while (this.#take(",")) members.push(this.#nested(() => this.#or()));
    this.#expect("}");
    const atLeast = count === undefined ? members.length : Number(count.text);
    if (count !== undefined && atLeast > members.length) {
      throw new Unexpected(`${atLeast} of ${members.length} can never be reached`, count.column);
    }
    return { kind: "set", atLeast, members };
  }
}

function tokenize(text: string): Token[] {
  const found: Token[] = [];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.length) {
    const column = tokens.lastIndex + 1;
    const match = tokens.exec(text);
    if (match === null) throw new Unexpected(`"${text.charAt(column - 1)}" has no meaning here`, column);
    const [, sign, , quoted, word] = match;
    if (sign !== undefined) found.push({ kind: "sign", text: sign, column });
    else if (quoted !== undefined) found.push({ kind: "quoted", text: quoted, column });
    else if (word !== undefined) found.push({ kind: "word", text: word, column });
  }
  found.push({ kind: "end", text: "", column: text.length + 1 });
  return found;
}
