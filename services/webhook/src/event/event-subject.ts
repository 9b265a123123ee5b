import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** What an event is about; empty where it does not apply. */
export interface Subject {
  course_id: string;
  course_version_id: string;
  registration_id: string;
  instance_id: string;
  launch_id: string;
  learner_id: string;
  destination_id: string;
  dispatch_id: string;
  import_id: string;
  /** In lower case. */
  tags: string[];
  /** Id of the course, registration or dispatch that the event says the tags of; empty for none. */
  tagged: string;
  /** Who caused it, as far as the payload says: a key, a person or the launch it came from. */
  actor_id: string;
}

type SubjectId = Exclude<keyof Subject, "tags" | "tagged" | "actor_id">;

/** Messages whose `id` is one that subjects have. */
const OWN_IDS: Readonly<Record<string, SubjectId>> = {
  "coursemesh.course.v1.Course": "course_id",
  "coursemesh.course.v1.CourseVersion": "course_version_id",
  "coursemesh.runtime.v1.Registration": "registration_id",
  "coursemesh.runtime.v1.Instance": "instance_id",
  "coursemesh.runtime.v1.Launch": "launch_id",
  "coursemesh.runtime.v1.Learner": "learner_id",
  "coursemesh.dispatch.v1.Destination": "destination_id",
  "coursemesh.dispatch.v1.Dispatch": "dispatch_id",
  "coursemesh.content.v1.Import": "import_id",
};
const TAGGED: ReadonlySet<SubjectId> = new Set(["course_id", "registration_id", "dispatch_id"]);
const ACTORS = ["caller_id", "created_by", "actor_id"];
const MAX_DEPTH = 3;

/**
 * Finds what an event is about by the names of its payload's fields and the messages in it; what is nearer to the top has the last word.
 */
export function subjectOf(schema: DescMessage, event: Message): Subject {
  const subject: Subject = {
    course_id: "",
    course_version_id: "",
    registration_id: "",
    instance_id: "",
    launch_id: "",
    learner_id: "",
    destination_id: "",
    dispatch_id: "",
    import_id: "",
    tags: [],
    tagged: "",
    actor_id: "",
  };
  let level: ReflectMessage[] = [reflect(schema, event)];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1)
    level = level.flatMap((it) => look(it, subject));
  subject.actor_id ||= subject.launch_id;
  return subject;
}

/** Reads one message into the subject. Answers the messages in it. */
function look(message: ReflectMessage, subject: Subject): ReflectMessage[] {
  const own = OWN_IDS[message.desc.typeName];
  const below: ReflectMessage[] = [];
  for (const field of message.fields) {
    if (field.fieldKind === "message" && message.isSet(field)) below.push(message.get(field));
    if (field.fieldKind === "list" && field.name === "tags" && own !== undefined && TAGGED.has(own)) {
      subject.tags = [...message.get(field)].map((tag) => clean(String(tag)).toLowerCase());
    }
    if (field.fieldKind !== "scalar") continue;
    const value = message.get(field);
    if (typeof value !== "string" || value === "") continue;
    const name = field.name === "id" ? own : field.name;
    if (name !== undefined && isSubjectId(name, subject)) subject[name] ||= clean(value);
    if (ACTORS.includes(field.name)) subject.actor_id ||= clean(value);
    if (field.name === "id" && own !== undefined && TAGGED.has(own) && hasTags(message)) subject.tagged ||= value;
  }
  return below;
}

function hasTags(message: ReflectMessage): boolean {
  return message.fields.some((field) => field.name === "tags");
}

function isSubjectId(name: string, subject: Subject): name is SubjectId {
  return name in subject && name.endsWith("_id") && name !== "actor_id";
}

/** PostgreSQL has no texts with a zero in them. */
function clean(text: string): string {
  return text.replaceAll("\u0000", "");
}
