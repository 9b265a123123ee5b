import { pickLanguage } from "@coursemesh/xapi/language-range.ts";
import type {
  Activity,
  Actor,
  Attachment,
  LanguageMap,
  PlainObject,
  Statement,
  SubStatement,
} from "@coursemesh/xapi/statement.ts";
import { VOIDED } from "@coursemesh/xapi/voiding.ts";
import { nameOfAgent } from "./agent-text.ts";

/** What a statement says, in the words it brings along. */
export interface Sentence {
  readonly actor: string;
  readonly verb: string;
  readonly object: string;
  readonly statement: Statement;
  /** Id of the statement it refers to, empty otherwise. */
  readonly target: string;
  /** True when it voids its target. */
  readonly voids: boolean;
}

/** Reads a statement for a table; undefined when its JSON is none. @param language as in `Accept-Language`. */
export function readSentence(json: string, language: string): Sentence | undefined {
  try {
    const statement = JSON.parse(json) as Statement;
    const { object, verb } = statement;
    const target = "objectType" in object && object.objectType === "StatementRef" ? object.id : "";
    return {
      actor: nameOfAgent(statement.actor),
      verb: textOf(verb.display, language) || lastWord(verb.id),
      object: nameOfObject(object, language),
      statement,
      target,
      voids: target !== "" && verb.id === VOIDED,
    };
  } catch {
    return undefined;
  }
}

/** Name of an object; of a sub-statement its own sentence. */
function nameOfObject(object: PlainObject | SubStatement, language: string): string {
  if (isSubStatement(object)) {
    const verb = textOf(object.verb.display, language) || lastWord(object.verb.id);
    return `${nameOfAgent(object.actor)} ${verb} ${nameOfObject(object.object, language)}`;
  }
  if (isActor(object)) return nameOfAgent(object);
  if (object.objectType === "StatementRef") return object.id;
  return textOf(object.definition?.name, language) || object.id;
}

/** The activity a statement is about; undefined for other objects. */
export function activityOf({ object }: Statement): Activity | undefined {
  if (isSubStatement(object) || isActor(object) || object.objectType === "StatementRef") return undefined;
  return object;
}

/** Attachments of a statement and its sub-statement. */
export function attachmentsOf({ attachments, object }: Statement): readonly Attachment[] {
  return [...(attachments ?? []), ...(isSubStatement(object) ? (object.attachments ?? []) : [])];
}

/** The entry of a language map that suits the viewer. */
export function textOf(map: LanguageMap | undefined, language: string): string {
  return Object.values(pickLanguage(map ?? {}, language))[0] ?? "";
}

/** `passed` for an IRI that ends so. */
function lastWord(iri: string): string {
  return /[^/#]+(?=[/#]?$)/.exec(iri)?.[0] ?? iri;
}

function isSubStatement(object: PlainObject | SubStatement): object is SubStatement {
  return object.objectType === "SubStatement";
}

function isActor(object: PlainObject): object is Actor {
  return object.objectType === "Agent" || object.objectType === "Group";
}
