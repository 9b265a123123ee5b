import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DispatchDay, DispatchFigures } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import type {
  DispatchDayViewSchema,
  DispatchFiguresViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";

/** Figures are shown as they are counted. */
export function toFiguresView(figures: DispatchFigures): MessageInitShape<typeof DispatchFiguresViewSchema> {
  const { $typeName: _, $unknown: __, ...same } = figures;
  return same;
}

export function toDayView({ day, figures }: DispatchDay): MessageInitShape<typeof DispatchDayViewSchema> {
  return { day, ...(figures && { figures: toFiguresView(figures) }) };
}
