import { ParseOption, XmlDocument, XmlParseError, XmlValidateError } from "libxml2-wasm";
import { buildTree, TreeLimit } from "./build-tree.ts";
import { describeProblem } from "./describe-problem.ts";
import { compileSchemas, openSchemasOnly, type SchemaSetName, schemaSetOf } from "./manifest-schema.ts";
import type { SchemaProblem, XmlTask, XmlTaskResult } from "./xml-task.ts";

/** More problems than this are not told one from the other. */
const MAX_PROBLEMS = 1000;

/** The file of a process that gets one document, answers, and ends. Hostile XML can at worst cost this process. */
process.once("message", (task) => {
  process.send?.(run(task as XmlTask), () => process.disconnect());
});

function run(task: XmlTask): XmlTaskResult {
  openSchemasOnly();
  let document: XmlDocument;
  try {
    // Entities and external DTDs are off by default; NO_XXE also forbids what an option might turn on.
    const option = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES | ParseOption.XML_PARSE_NOWARNING;
    document = XmlDocument.fromString(task.text, { option });
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    const first = error.details[0];
    return { kind: "malformed", detail: first?.message.trim() ?? error.message, line: first?.line ?? 0 };
  }
  if (document.dtd) return { kind: "doctype" };
  try {
    const { root, comments } = buildTree(document.root, task.maxDepth, task.maxElements);
    return { kind: "parsed", root, comments, problems: validate(schemaSetOf(root), document) };
  } catch (error) {
    if (error instanceof TreeLimit) return { kind: error.limit };
    throw error;
  }
}

function validate(schemas: SchemaSetName, document: XmlDocument): SchemaProblem[] {
  const validator = compileSchemas(schemas);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error;
    return error.details.slice(0, MAX_PROBLEMS).map(describeProblem);
  }
}
