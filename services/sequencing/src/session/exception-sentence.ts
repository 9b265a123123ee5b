import type { ExceptionCode } from "@coursemesh/scorm/sequencing/exception-codes.ts";
import { textsFor } from "@coursemesh/scorm/sequencing/explain/texts-for.ts";

/** A code of the specification as a sentence for a course author; empty for none. */
export function exceptionSentence(code: string, locale = ""): string {
  const { exceptions } = textsFor(locale);
  return code in exceptions ? exceptions[code as ExceptionCode] : "";
}
