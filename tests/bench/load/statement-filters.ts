import { timestampNow } from "@bufbuild/protobuf/wkt";
import type { StatementFilter } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import {
  CATEGORY,
  courseIri,
  LEARNERS,
  learnerAccount,
  REGISTRATIONS,
  registrationId,
  UNITS,
  unitIri,
  verbIri,
} from "./lrs-statements.ts";
import { OLD_ACTIVITY } from "./million-statements.ts";

/** A filter of the statement service. */
export type Filter = Partial<Omit<StatementFilter, "$typeName" | "$unknown">>;

/** Each filter of the specification, some of them together, and what is unkind to an index; by name, another one each turn. */
export function statementFilters(): Record<string, (turn: number) => Filter> {
  const agentJson = (turn: number) => JSON.stringify({ account: learnerAccount((turn * 37) % LEARNERS) });
  const verb = (turn: number) => verbIri(turn % 8);
  const registration = (turn: number) => registrationId((turn * 7919) % REGISTRATIONS);
  const activity = (turn: number) => unitIri((turn * 13) % UNITS);
  const ago = (seconds: number) => {
    const now = timestampNow();
    return { ...now, seconds: now.seconds - BigInt(seconds) };
  };
  const bench = JSON.stringify({ account: { homePage: "https://lms.example.com", name: "bench" } });
  return {
    "no filter": () => ({}),
    agent: (turn) => ({ agentJson: agentJson(turn) }),
    verb: (turn) => ({ verb: verb(turn) }),
    activity: (turn) => ({ activity: activity(turn) }),
    registration: (turn) => ({ registration: registration(turn) }),
    authority: () => ({ authorityJson: bench }),
    "agent + verb": (turn) => ({ agentJson: agentJson(turn), verb: verb(turn >> 3) }),
    "activity + verb": (turn) => ({ activity: activity(turn), verb: verb(turn >> 3) }),
    "agent + activity": (turn) => ({ agentJson: agentJson(turn), activity: activity(turn) }),
    "registration + agent + verb": (turn) => ({
      registration: registration(turn),
      agentJson: agentJson(turn),
      verb: verb(turn),
    }),
    "related agents": (turn) => ({ agentJson: agentJson(turn), relatedAgents: true }),
    "related agents, of the authority": () => ({ agentJson: bench, relatedAgents: true }),
    "related activities, of a course": (turn) => ({ activity: courseIri(turn % 30), relatedActivities: true }),
    "related activities, of all": () => ({ activity: CATEGORY, relatedActivities: true }),
    "related activities + verb": (turn) => ({
      activity: courseIri(turn % 30),
      relatedActivities: true,
      verb: verb(turn >> 2),
    }),
    "related activities + agent": (turn) => ({
      activity: courseIri(turn % 30),
      relatedActivities: true,
      agentJson: agentJson(turn),
    }),
    "an old activity": () => ({ activity: OLD_ACTIVITY }),
    "an old activity + verb": (turn) => ({ activity: OLD_ACTIVITY, verb: verb(turn) }),
    "since ten minutes": () => ({ since: ago(600) }),
    "until a week ago + verb": (turn) => ({ until: ago(604_800), verb: verb(turn) }),
    "since, until + agent": (turn) => ({ since: ago(900_000), until: ago(300_000), agentJson: agentJson(turn) }),
    "nothing found": (turn) => ({
      agentJson: JSON.stringify({ mbox: `mailto:nobody-${turn}@example.com` }),
      verb: verb(turn),
    }),
  };
}
