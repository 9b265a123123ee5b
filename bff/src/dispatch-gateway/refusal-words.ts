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

/** What a learner reads when a call that opens a page failed rather than refused. */
export function refusalOfError(error: unknown, status: number): RefusalPage {
  const reason = errorInfoOf(ConnectError.from(error))?.reason ?? "";
  const words = status === 429 || reason === "RATE_LIMITED" ? LATER : status >= 500 ? TROUBLE : INVALID;
  return create(RefusalPageSchema, { ...words });
}
