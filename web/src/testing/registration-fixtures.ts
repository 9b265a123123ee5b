import { create } from "@bufbuild/protobuf";
import {
  type RegistrationRow,
  RegistrationRowSchema,
  ScoreViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { courses } from "./course-fixtures.ts";
import { fixtureId, minutesAgo } from "./ids.ts";

const NAMES = [
  "Ana Petrova",
  "Björn Åkesson",
  "Chidi Okafor",
  "Daniela Weiß",
  "Elif Yılmaz",
  "Farid Haddad",
  "Giulia Bianchi",
  "Hyun-woo Kim",
  "Ingrid Maximiliane Freifrau von Hohenstein-Wittgenbach",
  "João Silva",
  "Katarzyna Nowak",
  "Liam O'Connor",
];

const STATES = [
  ["incomplete", "unknown", 0.46],
  ["complete", "passed", 0.92],
  ["complete", "failed", 0.54],
  ["not_attempted", "unknown", undefined],
  ["complete", "unknown", undefined],
  ["unknown", "unknown", undefined],
] as const;

export const registrations: RegistrationRow[] = Array.from({ length: 42 }, (_, index) => {
  const [completion, success, scaled] = STATES[index % STATES.length] ?? STATES[0];
  const name = NAMES[index % NAMES.length] ?? "";
  const course = courses[(index * 5) % 8] ?? courses[0];
  const launched = completion !== "not_attempted";
  return create(RegistrationRowSchema, {
    id: fixtureId("a", index + 1),
    learnerId: `emp-${1000 + (index % NAMES.length)}`,
    learnerName: name,
    learnerEmail: `${name.split(" ")[0]?.toLowerCase()}@example.org`,
    courseId: course?.id ?? "",
    courseTitle: course?.title ?? "",
    versionId: course?.versionId ?? "",
    versionNumber: course?.versionNumber ?? 1,
    completion,
    success,
    ...(scaled !== undefined && { score: create(ScoreViewSchema, { scaled, raw: scaled * 50, min: 0, max: 50 }) }),
    totalSeconds: launched ? 320 + index * 217 : 0,
    progress: completion === "complete" ? 1 : launched ? 0.5 : 0,
    activityTime: launched ? minutesAgo(2 + index * 47) : 0n,
    createTime: minutesAgo(60 * 24 * 9 + index * 40),
    sessionOpen: index === 0,
    source: index % 3 === 0 ? "API" : "Web",
    instanceCount: index === 1 ? 2 : 1,
  });
});
