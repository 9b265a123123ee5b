import { type Draft, enter } from "../draft.ts";
import type { PendingSequencingRequest, SequencingResult } from "../sequencing-result.ts";
import { startSequencingRequest } from "./sb-2-5-start.ts";
import { resumeAllSequencingRequest } from "./sb-2-6-resume-all.ts";
import { continueSequencingRequest } from "./sb-2-7-continue.ts";
import { previousSequencingRequest } from "./sb-2-8-previous.ts";
import { choiceSequencingRequest } from "./sb-2-9-choice.ts";
import { retrySequencingRequest } from "./sb-2-10-retry.ts";
import { exitSequencingRequest } from "./sb-2-11-exit.ts";
import { jumpSequencingRequest } from "./sb-2-13-jump.ts";

/** SB.2.12 Sequencing Request Process. The type of a request is closed, so the exception SB.2.12-1 cannot come up. */
export function sequencingRequest(draft: Draft, request: PendingSequencingRequest): SequencingResult {
  enter(draft, "SB.2.12");
  switch (request.type) {
    case "start":
      return startSequencingRequest(draft);
    case "resumeAll":
      return resumeAllSequencingRequest(draft);
    case "exit":
      return exitSequencingRequest(draft);
    case "retry":
      return retrySequencingRequest(draft);
    case "continue":
      return continueSequencingRequest(draft);
    case "previous":
      return previousSequencingRequest(draft);
    case "choice":
      return choiceSequencingRequest(draft, request.target);
    case "jump":
      return jumpSequencingRequest(draft, request.target);
  }
}
