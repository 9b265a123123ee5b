import { Box } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import classes from "./tab-links.module.css";

/** Tabs that are pages: links with an address each, so they are navigation and not a tab widget. */
export function TabLinks({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Box component="nav" aria-label={label} className={classes.tabs}>
      {children}
    </Box>
  );
}

function PlainTab(props: ComponentProps<"a">) {
  return <a {...props} className={classes.tab} />;
}

export const TabLink = createLink(PlainTab);
