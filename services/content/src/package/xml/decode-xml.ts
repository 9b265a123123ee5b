import { refusal } from "../package-refusal.ts";

/** The text of an XML file, with what had to be forgiven to get it. */
export interface DecodedXml {
  /** Without byte order mark, and with the XML declaration blanked out so that lines keep their numbers. */
  readonly text: string;
  /** Set when the bytes are not of the declared (or default) encoding and were read as another. */
  readonly wrongEncoding?: { readonly declared: string; readonly used: string };
  readonly leadingSpace: boolean;
}

/**
 * Encodings in which a DOCTYPE could hide from a look at the decoded text do not exist here: what is checked is exactly
 * what is parsed, because the parser gets this text and never the bytes.
 */
export function decodeXml(bytes: Uint8Array, file: string): DecodedXml {
  const { encoding, declared, skip } = detectEncoding(bytes, file);
  const body = bytes.subarray(skip);
  let used = encoding;
  let text = decode(body, encoding);
  if (text === undefined) {
    // Windows tools write letters of their code page into files that they call UTF-8.
    used = "windows-1252";
    text = decode(body, used);
  }
  if (text === undefined || text.includes("\0")) {
    throw refusal("xml.encoding", { encoding: declared ?? encoding }, { file });
  }
  const leadingSpace = /^\s+<\?xml\s/.test(text);
  const withoutDeclaration = text.replace(/^\s*<\?xml\s[^>]*\?>/, (declaration) =>
    declaration.replace(/[^\r\n]/g, " "),
  );
  refuseDoctype(withoutDeclaration, file);
  return {
    text: withoutDeclaration,
    leadingSpace,
    ...(used === encoding ? {} : { wrongEncoding: { declared: declared ?? encoding.toUpperCase(), used } }),
  };
}

/** Walks over blanks, comments and processing instructions; a DOCTYPE can stand nowhere else in well-formed XML. */
function refuseDoctype(text: string, file: string): void {
  const blanks = /\s*/y;
  let position = 0;
  for (;;) {
    blanks.lastIndex = position;
    position += blanks.exec(text)?.[0].length ?? 0;
    const end = text.startsWith("<!--", position) ? "-->" : text.startsWith("<?", position) ? "?>" : undefined;
    if (end === undefined) break;
    const closed = text.indexOf(end, position + 2);
    if (closed < 0) return;
    position = closed + end.length;
  }
  if (text.startsWith("<!", position)) {
    throw refusal("xml.doctype", {}, { file, line: text.slice(0, position).split("\n").length });
  }
}

function detectEncoding(bytes: Uint8Array, file: string): { encoding: string; declared?: string; skip: number } {
  if (bytes.length < 4) return { encoding: "utf-8", skip: 0 };
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", skip: 3 };
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0)) {
    throw refusal("xml.encoding", { encoding: "UTF-32" }, { file });
  }
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", skip: 2 };
  if (a !== 0 && b === 0) return { encoding: "utf-16le", skip: 0 };
  if (a === 0 && b !== 0) return { encoding: "utf-16be", skip: 0 };
  const head = Buffer.from(bytes.subarray(0, 300)).toString("latin1");
  const declared = /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/.exec(head)?.[1];
  if (declared === undefined) return { encoding: "utf-8", skip: 0 };
  // A declaration that was readable byte by byte cannot be UTF-16: a file converted without its first line.
  if (/^utf-?16/i.test(declared)) return { encoding: "utf-8", declared, skip: 0 };
  return { encoding: labelOf(declared, file), declared, skip: 0 };
}

/** The canonical name of an encoding that keeps ASCII where it is; others could hide markup from the checks above. */
function labelOf(declared: string, file: string): string {
  try {
    const label = new TextDecoder(declared).encoding;
    if (
      /^(?:utf-8|windows-\d+|iso-8859-\d+|koi8-[ru]|macintosh|gbk|gb18030|big5|euc-(?:jp|kr)|shift_jis)/.test(label)
    ) {
      return label;
    }
  } catch {
    // Falls through to the refusal: the platform does not know the name.
  }
  throw refusal("xml.encoding", { encoding: declared }, { file, line: 1 });
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
