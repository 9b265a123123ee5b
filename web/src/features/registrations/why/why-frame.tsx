import { ActionIcon, Drawer, Group, Paper, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../../../lib/use-phone.ts";

/** Around the answer to a "Why?": a panel beside the tree, the whole screen on a phone. */
export function WhyFrame(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  const heading = useRef<HTMLHeadingElement>(null);
  // The panel answers a press elsewhere on the page, so whoever cannot see it is taken there.
  useEffect(() => heading.current?.focus(), [props.title]);
  if (phone)
    return (
      <Drawer
        opened
        size="100%"
        onClose={props.onClose}
        title={props.title}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        {props.children}
      </Drawer>
    );
  return (
    <Paper component="section" p="md" aria-label={props.title}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" mb="xs">
        <Title order={2} ref={heading} tabIndex={-1} style={{ overflowWrap: "anywhere", scrollMarginTop: 72 }}>
          {props.title}
        </Title>
        <ActionIcon aria-label={t("common.close")} onClick={props.onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      {props.children}
    </Paper>
  );
}
