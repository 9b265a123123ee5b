import type { MessageInitShape } from "@bufbuild/protobuf";
import type { PassingScoreViewSchema } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { z } from "zod";

/** The part of an `ActivityTree` (packages/scorm) that says what passing takes. */
interface TreeActivity {
  readonly identifier: string;
  readonly title: string;
  readonly sequencing?: { readonly objectives?: readonly TreeObjective[] | undefined } | undefined;
  readonly children?: readonly TreeActivity[] | undefined;
}

interface TreeObjective {
  readonly id?: string | undefined;
  readonly satisfiedByMeasure?: boolean | undefined;
  readonly minNormalizedMeasure?: number | undefined;
}

const objective: z.ZodType<TreeObjective> = z.object({
  id: z.string().optional(),
  satisfiedByMeasure: z.boolean().optional(),
  minNormalizedMeasure: z.number().optional(),
});
const activity: z.ZodType<TreeActivity> = z.object({
  identifier: z.string(),
  title: z.string(),
  sequencing: z.object({ objectives: z.array(objective).optional() }).optional(),
  get children() {
    return z.array(activity).optional();
  },
});
const outline = z.object({ tree: z.object({ root: activity }) });

/** What a manifest that asks for a score without naming one asks for (IMS SS 3.6). */
const WHOLE_SCORE = 1;

/** Every objective of a course with its passing score, in tree order. None for an outline without a tree. */
export function passingScores(outlineJson: string): MessageInitShape<typeof PassingScoreViewSchema>[] {
  const root = readRoot(outlineJson);
  const walk = (at: TreeActivity): MessageInitShape<typeof PassingScoreViewSchema>[] => [
    ...(at.sequencing?.objectives ?? [{}]).map((each, position) => ({
      activityId: at.identifier,
      activityTitle: at.title,
      objectiveId: each.id ?? "",
      primary: position === 0,
      ...(each.satisfiedByMeasure && { passingScore: each.minNormalizedMeasure ?? WHOLE_SCORE }),
    })),
    ...(at.children ?? []).flatMap(walk),
  ];
  return root === undefined ? [] : walk(root);
}

function readRoot(outlineJson: string): TreeActivity | undefined {
  try {
    return outline.safeParse(JSON.parse(outlineJson)).data?.tree.root;
  } catch {
    return undefined;
  }
}
