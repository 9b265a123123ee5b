import { recordReport } from "./attempt-report.ts";
import { deliveryRequest } from "./delivery/db-1-1-delivery-request.ts";
import { type Draft, draftOf, type Environment, forkDraft } from "./draft.ts";
import type { ExceptionCode } from "./exception-codes.ts";
import { type NavigationResult, navigationRequest } from "./navigation/nb-2-1-navigation-request.ts";
import type { NavigationRequest } from "./request.ts";
import type { AttemptReport } from "./run-time-input.ts";
import { prepareChildren } from "./selection/prepare-children.ts";
import { sequencingRequest } from "./sequencing/sb-2-12-sequencing-request.ts";
import type { SequencingSession } from "./session.ts";
import { terminationRequest } from "./termination/tb-2-3-termination-request.ts";

/**
 * Which navigation requests would lead somewhere now: the answers of `adl.nav.request_valid` (RTE 4.4.2) and the states of a player's controls. The same
 * processes decide as in `step`, on drafts that are thrown away. Each answer is worked out when it is asked for, and remembered.
 */
export class ValidNavigation {
  readonly #base: Draft;
  readonly #answers = new Map<string, Outlook>();
  #exited: Draft | undefined;

  /** With a report, as things would be if content ended now. */
  constructor(session: SequencingSession, environment: Environment, report?: AttemptReport) {
    this.#base = draftOf(session, environment);
    prepareChildren(this.#base);
    if (report !== undefined && this.#base.current !== undefined) recordReport(this.#base, this.#base.current, report);
  }

  /**
   * Whether Continue is a valid request (NB.2.1). It does not look further: what follows a Continue, if anything, depends on how the attempt ends, and
   * ADL's cases (CM-07d, launch 2) want the control usable wherever the parent lets learners flow.
   */
  continue(): boolean {
    return !("exception" in navigationRequest(this.#base, { type: "continue" }));
  }

  previous(): boolean {
    return this.#answer("previous", { type: "previous" });
  }

  choice(target: string): boolean {
    return this.#answer(`choice ${target}`, { type: "choice", target });
  }

  jump(target: string): boolean {
    return this.#answer(`jump ${target}`, { type: "jump", target });
  }

  /** Exit, ExitAll, Abandon, AbandonAll, SuspendAll, Start, ResumeAll: whether NB.2.1 lets them pass. */
  request(type: Exclude<NavigationRequest["type"], "choice" | "jump">): boolean {
    return this.#answer(type, { type });
  }

  /** Why a choice would not lead anywhere; undefined when it would. */
  choiceRefusal(target: string): ExceptionCode | undefined {
    return this.#outlook(`choice ${target}`, { type: "choice", target }).exception;
  }

  #answer(key: string, request: NavigationRequest): boolean {
    return this.#outlook(key, request).valid;
  }

  #outlook(key: string, request: NavigationRequest): Outlook {
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const outlook = this.#lookAhead(request);
    this.#answers.set(key, outlook);
    return outlook;
  }

  #lookAhead(request: NavigationRequest): Outlook {
    const navigation = navigationRequest(this.#base, request);
    if ("exception" in navigation) return { valid: false, exception: navigation.exception };
    const { sequencing } = navigation;
    if (sequencing === undefined || sequencing.type === "exit") return good;
    const draft = this.#afterTermination(navigation);
    const { delivery, endSequencingSession, exception } = sequencingRequest(draft, sequencing);
    if (endSequencingSession) return good;
    if (delivery === undefined) return { valid: false, exception };
    const refusal = deliveryRequest(draft, delivery);
    return refusal === undefined ? good : { valid: false, exception: refusal };
  }

  /** All requests that end the current activity first share one draft of what it is like then; rules that would replace the request are left aside. */
  #afterTermination({ termination }: NavigationResult): Draft {
    if (termination === undefined) return forkDraft(this.#base);
    if (this.#exited === undefined) {
      this.#exited = forkDraft(this.#base);
      const { current } = this.#exited;
      terminationRequest(this.#exited, termination);
      this.#exited.current = current;
    }
    return forkDraft(this.#exited);
  }
}

/** What would become of a request. */
interface Outlook {
  readonly valid: boolean;
  readonly exception?: ExceptionCode | undefined;
}

const good: Outlook = { valid: true };
