import { create } from "@bufbuild/protobuf";
import {
  type CourseRow,
  CourseRowSchema,
  StatusCountsSchema,
  type VersionRow,
  VersionRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { fixtureId, minutesAgo } from "./ids.ts";

const TITLES: readonly (readonly [string, readonly string[], number, number])[] = [
  ["Data protection at work", ["compliance", "yearly", "all staff"], 1284, 0],
  ["Phishing: spot it, stop it", ["security"], 312, 2],
  ["Forklift safety refresher", ["safety", "warehouse"], 96, 1],
  ["Golf explained: rules, handicap, etiquette", [], 7, 0],
  ["Manual handling for nursing staff in acute wards – revised edition with practical checklists", ["safety"], 41, 5],
  ["Fire wardens", ["safety"], 18, 0],
  ["Anti-bribery essentials", ["compliance"], 640, 0],
  ["Onboarding week one", ["hr", "all staff"], 88, 3],
  ["First aid at work", ["safety"], 0, 0],
  ["GDPR for engineers", ["compliance"], 54, 0],
  ["Customer conversations", ["sales"], 133, 1],
  ["Working at height", ["safety"], 29, 0],
];

export const courses: CourseRow[] = TITLES.map(([title, tags, registrations, findings], index) => {
  const complete = Math.floor(registrations * 0.58);
  const notLaunched = Math.floor(registrations * 0.14);
  return create(CourseRowSchema, {
    id: fixtureId("c", index + 1),
    title,
    tags: [...tags],
    standard: "SCORM 1.2",
    versionNumber: index === 0 ? 3 : 1,
    versionId: fixtureId("d", index === 0 ? 3 : 100 + index),
    findingCount: findings,
    archived: index === 11,
    counts: create(StatusCountsSchema, {
      registrations: BigInt(registrations),
      notLaunched: BigInt(notLaunched),
      incomplete: BigInt(registrations - complete - notLaunched),
      complete: BigInt(complete),
      passed: BigInt(Math.floor(complete * 0.8)),
      failed: BigInt(Math.floor(complete * 0.08)),
      completeWithoutVerdict: BigInt(complete - Math.floor(complete * 0.8) - Math.floor(complete * 0.08)),
      incompleteWithoutVerdict: BigInt(registrations - complete - notLaunched),
      sessionsOpen: BigInt(index === 0 ? 4 : 0),
      launches30d: BigInt(Math.floor(registrations * 0.4)),
    }),
    lastLaunchTime: registrations > 0 ? minutesAgo(4 + index * 190) : 0n,
    updateTime: minutesAgo(26 + index * 620),
    createTime: minutesAgo(60 * 24 * (12 + index * 3)),
  });
});

/** Versions of a course: three for the first, one for the others. */
export function versionsOf(course: CourseRow): VersionRow[] {
  const numbers = Array.from({ length: course.versionNumber }, (_, index) => course.versionNumber - index);
  return numbers.map((number) =>
    create(VersionRowSchema, {
      id: number === course.versionNumber ? course.versionId : fixtureId("d", number),
      number,
      current: number === course.versionNumber,
      standard: course.standard,
      title: course.title,
      activityCount: 6,
      sizeBytes: BigInt(18_400_000 + number * 350_000),
      fileCount: 214 + number,
      findingCount: number === 1 ? 2 : course.findingCount,
      importId: fixtureId("e", 1),
      note: number === 3 ? "New quiz, figures of 2026" : number === 2 ? "Typos in chapter two" : "",
      createdBy: "Ana Petrova",
      createTime: minutesAgo(60 * 24 * 20 * (course.versionNumber - number) + 200),
      learnerCount: number === course.versionNumber ? (course.counts?.registrations ?? 0n) / 2n : 84n,
    }),
  );
}

/** The outline of every course here: two chapters and a test that opens after them. */
export const outlineJson = JSON.stringify({
  standard: "scorm12",
  manifestIdentifier: "M1",
  organizationIdentifier: "ORG1",
  title: "Data protection at work",
  activities: [
    {
      identifier: "intro",
      title: "Welcome",
      visible: true,
      launch: { href: "intro.html", type: "asset" },
      children: [],
    },
    {
      identifier: "basics",
      title: "The basics",
      visible: true,
      children: [
        {
          identifier: "basics-1",
          title: "What is personal data?",
          visible: true,
          launch: { href: "a.html", type: "sco" },
          children: [],
        },
        {
          identifier: "basics-2",
          title: "Six principles",
          visible: true,
          launch: { href: "b.html", type: "sco" },
          children: [],
        },
      ],
    },
    {
      identifier: "test",
      title: "Final test",
      visible: true,
      launch: { href: "t.html", type: "sco" },
      scorm12: { prerequisites: "basics-1&basics-2", masteryScore: "80" },
      children: [],
    },
  ],
});
