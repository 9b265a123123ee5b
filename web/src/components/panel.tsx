import { Group, Paper, Skeleton, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useDelayed } from "../lib/use-delayed.ts";

/** A titled part of a page. */
export function Panel(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly order?: 2 | 3;
}) {
  return (
    <Paper component="section" p="md" aria-label={props.title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={props.order ?? 2}>{props.title}</Title>
        {props.aside}
      </Group>
      {props.children}
    </Paper>
  );
}

/** Bars where text will be; nothing for the first 200 ms. */
export function SkeletonLines({ lines = 4, height = 14 }: { readonly lines?: number; readonly height?: number }) {
  const due = useDelayed(true, 200);
  if (!due) return <div style={{ minHeight: lines * (height + 10) }} />;
  return (
    <Stack gap={10}>
      {Array.from({ length: lines }, (_, index) => `line-${index}`).map((key, index) => (
        <Skeleton key={key} height={height} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}

/** Name and value pairs in columns that wrap. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl
      style={{
        display: "grid",
        gridTemplateColumns: "repeat(auto-fill, minmax(136px, 1fr))",
        gap: "12px 20px",
        margin: 0,
      }}
    >
      {facts.map(([name, value]) => (
        <div key={name} style={{ minWidth: 0 }}>
          <dt style={{ fontSize: 12, color: "var(--cm-muted)" }}>{name}</dt>
          <dd style={{ margin: 0, overflowWrap: "anywhere" }}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
