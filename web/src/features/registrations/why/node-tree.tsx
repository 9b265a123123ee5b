import type { ActivityNode } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Badge, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CompletionBadge, SuccessBadge } from "../../../components/status-badge.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import classes from "./why.module.css";

/** The activity tree with its tracking at one moment. `onWhy` gives every activity its question. */
export function NodeTree(props: {
  readonly nodes: readonly ActivityNode[];
  readonly label: string;
  /** Activities that the step changed. */
  readonly changed?: ReadonlySet<string>;
  readonly asked?: string | undefined;
  readonly onWhy?: (activityId: string) => void;
}) {
  const { t } = useTranslation();
  const { onWhy } = props;
  return (
    <ul className={classes.tree} aria-label={props.label}>
      {props.nodes.map((node) => {
        const title = node.title || node.id;
        return (
          <li
            key={node.id}
            className={classes.node}
            data-asked={node.id === props.asked || undefined}
            data-changed={props.changed?.has(node.id) || undefined}
            aria-current={node.current ? "true" : undefined}
            style={{ paddingInlineStart: 12 + node.depth * 18 }}
          >
            <div className={classes.about}>
              <Group gap={6}>
                <Text span fz="sm" fw={node.leaf ? 500 : 600} style={{ overflowWrap: "anywhere" }}>
                  {title}
                </Text>
                <NodeMarks node={node} changed={props.changed?.has(node.id) ?? false} />
              </Group>
              <Group gap="2px 12px" mt={2}>
                <CompletionBadge value={node.completion} />
                <SuccessBadge value={node.success} />
                {node.scoreScaled !== undefined && (
                  <Text span fz="sm">
                    {formatScore({ scaled: node.scoreScaled })}
                  </Text>
                )}
                {node.attemptCount > 0 && (
                  <Text span fz="xs" c="dimmed">
                    {t("why.attempts", { count: node.attemptCount })}
                  </Text>
                )}
              </Group>
            </div>
            {onWhy && (
              <Button
                variant={node.id === props.asked ? "filled" : "default"}
                size="compact-sm"
                style={{ flex: "none" }}
                aria-label={t("why.askNamed", { title })}
                aria-pressed={node.id === props.asked}
                onClick={() => onWhy(node.id)}
              >
                {t("why.ask")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function NodeMarks({ node, changed }: { readonly node: ActivityNode; readonly changed: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {node.current && (
        <Badge size="sm" color="accent" variant="light">
          {t("registration.current")}
        </Badge>
      )}
      {node.suspended && <Badge size="sm">{t("why.suspended")}</Badge>}
      {node.active && !node.current && <Badge size="sm">{t("why.active")}</Badge>}
      {node.leftOut ? (
        <Badge size="sm">{t("why.leftOut")}</Badge>
      ) : (
        node.hidden && <Badge size="sm">{t("why.hidden")}</Badge>
      )}
      {node.disabled && <Badge size="sm">{t("why.disabled")}</Badge>}
      {changed && <span className="visually-hidden">{t("why.changed")}</span>}
    </>
  );
}
