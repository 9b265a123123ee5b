import type { ServiceImpl } from "@connectrpc/connect";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { JournalService } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { LaunchMode, LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { RegistrationViewService } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { enumOfText, textOfEnum } from "../../contract/enum-text.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toActivityRows } from "./activity-row.mapper.ts";
import { toCallRow } from "./journal-row.mapper.ts";
import { registrationPage } from "./registration-page.ts";
import { toScoreView } from "./registration-row.mapper.ts";
import { registrationRows } from "./registration-rows.ts";

/** Registration pages. */
export function registrationView(deps: ViewDeps): ServiceImpl<typeof RegistrationViewService> {
  const { clients, directory } = deps;
  const registrations = clients.of(RegistrationService);
  const journal = clients.of(JournalService);
  const rowOf = async (registration: Registration | undefined) => {
    const [row] = await registrationRows(registration ? [registration] : [], directory);
    return row ? { registration: row } : {};
  };

  return {
    async listRegistrations(request) {
      const { query, courseId, versionId, learnerId, launched, pageSize, pageToken } = request;
      const answer = await registrations.listRegistrations({
        page: { pageSize, pageToken, withTotal: true },
        filter: {
          query,
          courseId,
          courseVersionId: versionId,
          learnerId,
          completions: wantedValues(Completion, "completions", request.completions),
          successes: wantedValues(Success, "successes", request.successes),
          ...(launched !== undefined && { launched }),
        },
      });
      return {
        registrations: await registrationRows(answer.registrations, directory),
        nextPageToken: answer.page?.nextPageToken ?? "",
        total: answer.page?.total ?? 0n,
      };
    },

    getRegistration: ({ id, instanceId }) => registrationPage(deps, id, instanceId),

    async listCalls({ pageSize, pageToken, $typeName: _, ...wanted }) {
      const { calls, page } = await journal.listCalls({ ...wanted, page: { pageSize, pageToken, withTotal: true } });
      return { calls: calls.map(toCallRow), nextPageToken: page?.nextPageToken ?? "", total: page?.total ?? 0n };
    },

    async getStateAt({ registrationId, instanceId, launchId, seq }) {
      const [replay, { outlineJson }] = await Promise.all([
        journal.replayJournal({ registrationId, instanceId, launchId, seq }),
        registrations.getActivityStates({ registrationId, instanceId }),
      ]);
      const { result } = replay;
      return {
        activities: toActivityRows(replay.activities, outlineJson),
        completion: textOfEnum(Completion, result?.completion ?? Completion.NOT_ATTEMPTED),
        success: textOfEnum(Success, result?.success ?? Success.UNKNOWN),
        ...(result?.score && { score: toScoreView(result.score) }),
        totalSeconds: result?.totalSeconds ?? 0,
        differenceCount: replay.differences.length,
      };
    },

    async createRegistration({ requestId, courseId, learnerId, firstName, lastName, email }) {
      const { registration } = await registrations.createRegistration({
        requestId: requestId || uuidV7(),
        courseId,
        learner: { id: learnerId || email, firstName, lastName, email },
        source: "web",
      });
      return rowOf(registration);
    },

    async launchRegistration({ registrationId, mode, returnUrl }) {
      const { url } = await clients.of(LaunchService).createLaunch({
        requestId: uuidV7(),
        registrationId,
        mode: mode === "" ? LaunchMode.NORMAL : wantedValue(LaunchMode, "mode", mode),
        returnUrl,
      });
      return { url };
    },

    async resetRegistration({ requestId, registrationId }) {
      const { registration } = await registrations.createInstance({ requestId: requestId || uuidV7(), registrationId });
      return rowOf(registration);
    },

    async deleteRegistration({ id }) {
      await registrations.deleteRegistration({ id });
      return {};
    },
  };
}

type Names<Value> = Readonly<Record<string, Value | string>>;

function wantedValue<Value extends number>(names: Names<Value>, field: string, text: string): Value {
  const value = enumOfText(names, text);
  if (value === undefined) throw fieldInvalid(field, `${text} is not known`);
  return value;
}

function wantedValues<Value extends number>(names: Names<Value>, field: string, texts: readonly string[]): Value[] {
  return texts.map((text) => wantedValue(names, field, text));
}
