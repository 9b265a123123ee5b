/** Rules for attachments (1.0.3 Data 2.4.11 and 2.6, IEEE 9274.1.1 4.2.2.6). */
import { shown } from "./check.ts";
import { iri, irl, languageMap } from "./data-type-rules.ts";
import { isMediaType } from "./media-type.ts";
import { list, object, type Rule, reportType, text } from "./rule.ts";
import { SIGNATURE_CONTENT_TYPE, SIGNATURE_USAGE } from "./signature.ts";

const length: Rule = (check, value) => {
  if (typeof value !== "number") reportType(check, value, "XAPI-00102", "a whole number of bytes");
  else if (!Number.isSafeInteger(value) || value < 0) {
    check.report("XAPI-00102", `must be a whole number of bytes, not ${shown(value)}`);
  }
};

/** SHA-224, -256, -384 or -512 in hexadecimal. */
const isSha2 = (hash: string) => /^(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(hash);

const attachment = object(
  "XAPI-00025",
  {
    name: "an attachment",
    properties: new Map([
      ["usageType", iri("XAPI-00107")],
      ["display", languageMap("XAPI-00106")],
      ["description", languageMap("XAPI-00106")],
      ["contentType", text("XAPI-00105", "an Internet media type", isMediaType)],
      ["length", length],
      ["sha2", text("XAPI-00103", "a SHA-2 hash in hexadecimal", isSha2)],
      ["fileUrl", irl("XAPI-00104")],
    ]),
    required: [
      ["usageType", "XAPI-00107"],
      ["display", "XAPI-00106"],
      ["contentType", "XAPI-00105"],
      ["length", "XAPI-00102"],
      ["sha2", "XAPI-00103"],
    ],
  },
  (check, value) => {
    if (value.usageType !== SIGNATURE_USAGE || value.contentType === SIGNATURE_CONTENT_TYPE) return;
    check.report(
      "XAPI-00115",
      `a signature has the content type ${SIGNATURE_CONTENT_TYPE}, not ${shown(value.contentType)}`,
    );
  },
);

/** What is enclosed with a statement. */
export const attachments: Rule = list("XAPI-00025", "an array of attachments", attachment);
