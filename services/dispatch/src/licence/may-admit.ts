import { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { isDomainAllowed } from "./allowed-domain.ts";
import type { EffectiveTerms } from "./effective-terms.ts";

/** A dispatch or a destination, and what is used of its terms. Both must allow a launch. */
export interface LicensedSubject {
  readonly enabled: boolean;
  readonly terms: EffectiveTerms;
  /** Registrations counted since the last reset. */
  readonly used: number;
  /** Seats that others hold now. */
  readonly seatsTaken: number;
  /** The learner holds a seat already. */
  readonly seated: boolean;
}

/** What is known of a launch besides. */
export interface AdmissionFacts {
  readonly now: Date;
  /** The signature is right, its key holds, and neither package nor export was revoked. True where no package is involved. */
  readonly packageValid: boolean;
  /** Host of the LMS, empty when it cannot be seen; undefined: there is no LMS, so domains do not matter. */
  readonly host: string | undefined;
  readonly deploymentSuspended: boolean;
  /** `resume`: those who are in may go on; `none`: the course is gone. */
  readonly course: "available" | "resume" | "none";
  /** First admission of the learner; undefined: never before. */
  readonly admittedAt: Date | undefined;
  /** The learner's seat or session was revoked. */
  readonly revoked: boolean;
}

/** What becomes of a launch. */
export type AdmissionDecision =
  | {
      readonly admitted: true;
      /** False: the learner may finish and not begin another instance. */
      readonly mayBeginAnew: boolean;
    }
  | { readonly admitted: false; readonly reason: RefusalReason };

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Decides whether a launch begins. Of several reasons against it the one is given that the learner can do least about, and a
 * lasting one before a passing one.
 */
export function mayAdmit(
  dispatch: LicensedSubject,
  destination: LicensedSubject,
  facts: AdmissionFacts,
): AdmissionDecision {
  const { now, admittedAt, course, host } = facts;
  const isNew = admittedAt === undefined;
  const either = (holds: (subject: LicensedSubject) => boolean): boolean => holds(destination) || holds(dispatch);
  const expired = ({ terms }: LicensedSubject): boolean => terms.expiresAt !== undefined && terms.expiresAt <= now;
  const checks: readonly (readonly [RefusalReason, () => boolean])[] = [
    [RefusalReason.PACKAGE_INVALID, () => !facts.packageValid],
    [RefusalReason.DISABLED, () => either(({ enabled }) => !enabled)],
    [RefusalReason.DEPLOYMENT_SUSPENDED, () => facts.deploymentSuspended],
    [
      RefusalReason.DOMAIN_NOT_ALLOWED,
      () => host !== undefined && either(({ terms }) => !isDomainAllowed(terms.allowedDomains, host)),
    ],
    [RefusalReason.REVOKED, () => facts.revoked],
    [RefusalReason.COURSE_UNAVAILABLE, () => course === "none" || (course === "resume" && isNew)],
    [
      RefusalReason.PACKAGE_EXPIRED,
      () => either((subject) => expired(subject) && (isNew || subject.terms.revokesOnEnd)),
    ],
    [RefusalReason.ACCESS_ENDED, () => !isNew && either(({ terms }) => accessEnded(terms, admittedAt, now))],
    [
      RefusalReason.NOT_STARTED,
      () => isNew && either(({ terms }) => terms.startsAt !== undefined && terms.startsAt > now),
    ],
    [RefusalReason.NEW_REGISTRATIONS_CLOSED, () => isNew && either(({ terms }) => !terms.allowsNew)],
    [
      RefusalReason.USAGE_LIMIT_EXCEEDED,
      () => isNew && either(({ terms, used }) => terms.usageLimit > 0 && used >= terms.usageLimit),
    ],
    [
      RefusalReason.SEATS_TAKEN,
      () => either(({ terms, seatsTaken, seated }) => terms.seatLimit > 0 && !seated && seatsTaken >= terms.seatLimit),
    ],
  ];
  const against = checks.find(([, holds]) => holds());
  if (against) return { admitted: false, reason: against[0] };
  return { admitted: true, mayBeginAnew: course === "available" && !either(expired) };
}

function accessEnded({ accessDays }: EffectiveTerms, admittedAt: Date, now: Date): boolean {
  return accessDays > 0 && now.getTime() >= admittedAt.getTime() + accessDays * DAY_MS;
}
