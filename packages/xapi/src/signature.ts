/** `usageType` of the attachment that is a statement's signature (1.0.3 Data 2.6). */
export const SIGNATURE_USAGE = "http://adlnet.gov/expapi/attachments/signature";

/** Its `contentType`. */
export const SIGNATURE_CONTENT_TYPE = "application/octet-stream";

/** The algorithms a signature may use (1.0.3 Data 2.6, XAPI-00117). */
export const SIGNATURE_ALGORITHMS: readonly string[] = ["RS256", "RS384", "RS512"];
