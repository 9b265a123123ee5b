import { timestampMs } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { type Period, Step } from "@coursemesh/proto/coursemesh/analytics/v1/period_pb.ts";
import { ceilTo, floorTo } from "../fold/grains.ts";

/** A stretch of time in Unix milliseconds: from inclusive, to exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A period as it is computed: whole quarter hours. */
export interface ReadPeriod extends Range {
  /** Never unspecified. */
  readonly step: Step;
  readonly zone: string;
}

/** @throws FIELD_INVALID for an unknown time zone or an end before the start. */
export function readPeriod(period: Period | undefined, now: Date): ReadPeriod {
  if (!period?.startTime) throw fieldInvalid("period.start_time", "is required");
  const from = floorTo(0, timestampMs(period.startTime));
  const to = ceilTo(0, period.endTime ? timestampMs(period.endTime) : now.getTime());
  if (to < from) throw fieldInvalid("period.end_time", "must not be before start_time");
  return { from, to, step: period.step === Step.UNSPECIFIED ? Step.DAY : period.step, zone: readZone(period.timeZone) };
}

/** @throws FIELD_INVALID */
export function readZone(name: string): string {
  if (name === "") return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone === "" ? "UTC" : name;
  } catch {
    throw fieldInvalid("period.time_zone", `${name} is no IANA time zone`);
  }
}
