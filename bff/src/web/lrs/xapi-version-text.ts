import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";

const TEXTS: Readonly<Record<string, XapiVersion>> = {
  "": XapiVersion.UNSPECIFIED,
  "1.0.3": XapiVersion.V1_0_3,
  "2.0.0": XapiVersion.V2_0_0,
};

/** `1.0.3`, `2.0.0`, empty for none. */
export function textOfVersion(version: XapiVersion): string {
  return Object.keys(TEXTS).find((text) => TEXTS[text] === version) ?? "";
}

/** @throws FIELD_INVALID */
export function versionOfText(text: string, field: string): XapiVersion {
  const version = TEXTS[text];
  if (version === undefined) throw fieldInvalid(field, `${text} is no version of the Experience API`);
  return version;
}
