import type { SchemaProblem } from "./xml-task.ts";

/** Prefixes by which people know the namespaces of libxml2's messages. */
const PREFIXES: readonly (readonly [string, string])[] = [
  ["{http://www.imsproject.org/xsd/imscp_rootv1p1p2}", ""],
  ["{http://www.adlnet.org/xsd/adlcp_rootv1p2}", "adlcp:"],
  ["{http://www.imsglobal.org/xsd/imsmd_rootv1p2p1}", "imsmd:"],
  ["{http://www.imsglobal.org/xsd/imscp_v1p1}", ""],
  ["{http://www.adlnet.org/xsd/adlcp_v1p3}", "adlcp:"],
  ["{http://www.adlnet.org/xsd/adlseq_v1p3}", "adlseq:"],
  ["{http://www.adlnet.org/xsd/adlnav_v1p3}", "adlnav:"],
  ["{http://www.imsglobal.org/xsd/imsss}", "imsss:"],
  ["{http://www.w3.org/XML/1998/namespace}", "xml:"],
];

/** Makes a message of libxml2 readable, and tells foreign vocabularies from mistakes. */
export function describeProblem(problem: { readonly message: string; readonly line: number }): SchemaProblem {
  let detail = problem.message.trim();
  for (const [namespace, prefix] of PREFIXES) detail = detail.replaceAll(namespace, prefix);
  const extension = /No matching global (?:element|attribute) declaration available/.test(detail);
  return { detail, line: problem.line, extension };
}
