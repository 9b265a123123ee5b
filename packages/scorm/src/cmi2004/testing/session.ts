import type { Delivery } from "../../sequencing/run-time-input.ts";
import { type AttemptState, unopenedAttempt } from "../attempt-state.ts";
import { behaviourOf } from "../behaviour.ts";
import { openAttempt, type SessionTerms } from "../open-attempt.ts";
import { strictPolicy } from "../policy.ts";
import { ScoSession, type SessionContext } from "../sco-session.ts";

/** Terms of a strict session for credit in the 4th edition. */
export const strictTerms: SessionTerms = {
  mode: "normal",
  credit: "credit",
  policy: strictPolicy,
  behaviour: behaviourOf("4th"),
};

/** A first attempt of an activity without objectives. */
export const firstDelivery: Delivery = { activity: "A", attempt: 1, resumed: false, objectives: [] };

/** A learner, and a sequencer that allows everything but going back. */
export const someContext: SessionContext = {
  learnerId: "learner",
  learnerName: "Doe, Jane",
  activity: {},
  shared: {},
  requestValid: (request) => (request === "previous" ? "false" : "true"),
};

interface Setting {
  readonly previous?: AttemptState;
  readonly delivery?: Partial<Delivery>;
  readonly terms?: Partial<SessionTerms>;
  readonly context?: Partial<SessionContext>;
}

/** A session in phase `opened`. */
export function openSession({ previous, delivery, terms, context }: Setting = {}): ScoSession {
  const attempt = openAttempt(
    previous ?? unopenedAttempt,
    { ...firstDelivery, ...delivery },
    { ...strictTerms, ...terms },
  );
  return new ScoSession(attempt, { ...someContext, ...context });
}

/** A session that runs. */
export function runSession(setting: Setting = {}): ScoSession {
  const session = openSession(setting);
  session.initialize("");
  return session;
}
