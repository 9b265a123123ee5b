import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";

let firstPage = true;

/** The heading of a page: names the document and takes the focus when the route changed, so that a screen reader starts there. */
export function PageTitle(props: {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly above?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Coursemesh`;
  }, [props.title]);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return (
    <Group justify="space-between" align="flex-start" gap="sm" mb="md">
      <Stack gap={2} flex="1 1 280px" miw={0}>
        {props.above}
        <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: "anywhere" }}>
          {props.title}
        </Title>
        {props.subtitle && (
          <Text component="div" fz="sm" c="dimmed">
            {props.subtitle}
          </Text>
        )}
      </Stack>
      {props.actions && <Group gap="xs">{props.actions}</Group>}
    </Group>
  );
}
