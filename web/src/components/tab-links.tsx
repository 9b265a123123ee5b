import { Box } from "@mantine/core";
import { createLink, useRouterState } from "@tanstack/react-router";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import classes from "./tab-links.module.css";

/** Pixels of the tab before the current one that stay in sight where not all fit. */
const MARGIN = 48;

/** Tabs that are pages: links with an address each, so they are navigation and not a tab widget. The current one is scrolled into sight. */
export function TabLinks({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const tabs = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (router) => router.location.pathname });
  useEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tabs.current && current) tabs.current.scrollLeft = current.offsetLeft - tabs.current.offsetLeft - MARGIN;
  }, [path]);
  return (
    <Box component="nav" ref={tabs} aria-label={label} className={classes.tabs}>
      {children}
    </Box>
  );
}

function PlainTab(props: ComponentProps<"a">) {
  return <a {...props} className={classes.tab} />;
}

export const TabLink = createLink(PlainTab);
