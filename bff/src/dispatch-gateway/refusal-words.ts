import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { errorInfoOf } from "@coursemesh/platform/errors/service-error.ts";
import { type RefusalPage, RefusalPageSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";

interface Words {
  readonly reason: RefusalReason;
  readonly title: string;
  readonly text: string;
}

const INVALID: Words = {
  reason: RefusalReason.EXCHANGE_INVALID,
  title: "This start is no longer valid",
  text: "Please close this page and start the course again from your learning platform.",
};
const LATER: Words = {
  reason: RefusalReason.RATE_LIMITED,
  title: "Too many starts at once",
  text: "Many learners are starting this course right now. Please wait a minute and try again.",
};
const TROUBLE: Words = {
  reason: RefusalReason.UNSPECIFIED,
  title: "We can’t open this course right now",
  text: "Please try again in a moment. Saved progress is safe.",
};

/** A page that no learning platform opened. */
export const NOT_FROM_HOST: Failure = {
  kind: "no-host",
  page: create(RefusalPageSchema, {
    title: "Please start this course from your learning platform",
    text: "This page can’t find the learning platform that it belongs to, so nothing could be recorded.",
  }),
};

/** A page that cannot be opened, and which of our own it is for the page's script. */
export interface Failure {
  /** `refused`: for the reason given. `trouble`: for now. */
  readonly kind: "refused" | "no-host" | "trouble";
  readonly page: RefusalPage;
}

/** What a learner reads when a call that opens a page failed rather than refused. */
export function refusalOfError(error: unknown, status: number): Failure {
  const reason = errorInfoOf(ConnectError.from(error))?.reason ?? "";
  const words = status === 429 || reason === "RATE_LIMITED" ? LATER : status >= 500 ? TROUBLE : INVALID;
  return { kind: words === TROUBLE ? "trouble" : "refused", page: create(RefusalPageSchema, { ...words }) };
}
