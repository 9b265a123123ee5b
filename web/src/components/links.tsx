import { Anchor, type AnchorProps, Button, type ButtonProps, NavLink, type NavLinkProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";

type Native = Omit<ComponentProps<"a">, keyof AnchorProps | "color" | "href">;

function RouterAnchor(props: AnchorProps & Native & { readonly children?: ReactNode }) {
  return <Anchor {...props} />;
}

function RouterButton(props: ButtonProps & Omit<ComponentProps<"a">, keyof ButtonProps>) {
  return <Button component="a" {...props} />;
}

function RouterNavLink(props: NavLinkProps & Omit<ComponentProps<"a">, keyof NavLinkProps>) {
  return <NavLink {...props} />;
}

/** Links of the router in the look of Mantine: real `a` elements, so that a middle click works. */
export const AnchorLink = createLink(RouterAnchor);
export const ButtonLink = createLink(RouterButton);
export const NavigationLink = createLink(RouterNavLink);
