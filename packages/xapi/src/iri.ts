/** What an ASCII character may be in an IRI: a bit per place. */
const ANYWHERE = 1;
const IN_AUTHORITY = 2;
const IN_SCHEME = 4;

const classes = new Uint8Array(128);
const mark = (characters: string, bit: number) => {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    classes[code] = (classes[code] ?? 0) | bit;
  }
};
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
// unreserved, sub-delims, ":" and "@" make pchar; "/" and "?" separate. "%" and "#" are seen to by themselves.
mark(`${letters}0123456789-._~!$&'()*+,;=:@/?`, ANYWHERE | IN_AUTHORITY);
mark("[]", IN_AUTHORITY);
mark(`${letters}0123456789+-.`, IN_SCHEME);

const isHex = (code: number) => (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** Length of the scheme without its colon; 0 when there is none. */
function schemeLength(text: string): number {
  const first = text.charCodeAt(0) | 32;
  if (!(first >= 97 && first <= 122)) return 0;
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 58) return at;
    if (code > 127 || ((classes[code] ?? 0) & IN_SCHEME) === 0) return 0;
  }
  return 0;
}

/** A character beyond ASCII: `ucschar` or `iprivate` of RFC 3987, so no control, no half of a pair, no noncharacter. */
function isWide(code: number, text: string, at: number): 0 | 1 | 2 {
  if (code < 0xa0) return 0;
  if (code < 0xd800) return 1;
  if (code > 0xdbff) return code >= 0xe000 && code < 0xfff0 && !(code >= 0xfdd0 && code <= 0xfdef) ? 1 : 0;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff ? 2 : 0;
}

/**
 * Whether a text is an absolute IRI (RFC 3987 section 2.2), with a scheme and something behind it. Reads every character once.
 * `http` and `https` must name a host (RFC 9110 section 4.2.1).
 */
export function isIri(text: string): boolean {
  const scheme = schemeLength(text);
  if (scheme === 0 || scheme === text.length - 1) return false;
  let at = scheme + 1;
  let inAuthority = text.charCodeAt(at) === 47 && text.charCodeAt(at + 1) === 47;
  if (inAuthority) at += 2;
  if (scheme <= 5 && isHttp(text, scheme)) {
    const next = text.charCodeAt(at);
    // A host that is empty: the end, "/", "?", "#" or ":".
    if (!inAuthority || !(next > 32) || next === 47 || next === 63 || next === 35 || next === 58) return false;
  }
  let inFragment = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code > 127) {
      const width = isWide(code, text, at);
      if (width === 0) return false;
      at += width;
      continue;
    }
    if (code === 47 || code === 63) inAuthority = false;
    const kind = classes[code] ?? 0;
    if ((kind & (inAuthority ? IN_AUTHORITY : ANYWHERE)) === 0) {
      if (code === 37) {
        if (!isHex(text.charCodeAt(at + 1)) || !isHex(text.charCodeAt(at + 2))) return false;
      } else if (code === 35 && !inFragment) {
        inFragment = true;
        inAuthority = false;
      } else {
        return false;
      }
    }
    at++;
  }
  return true;
}

function isHttp(text: string, scheme: number): boolean {
  if (scheme < 4) return false;
  const name = text.slice(0, scheme).toLowerCase();
  return name === "http" || name === "https";
}

/** Whether a text is a URI: an IRI in ASCII (RFC 3986). */
export function isUri(text: string): boolean {
  if (!isIri(text)) return false;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** Whether a text is an IRL: an IRI that says where something is. A `urn:` only names it (RFC 8141; 1.0.3 About 4.0 "IRL"). */
export function isIrl(text: string): boolean {
  return isIri(text) && !/^urn:/i.test(text);
}
