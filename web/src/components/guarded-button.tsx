import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { useCan } from "../lib/session/use-session.tsx";

/** A button for what needs a permission; without it the button stays and says why it does nothing. */
export function GuardedButton(
  props: ButtonProps & Omit<ComponentProps<"button">, keyof ButtonProps> & { readonly scope: string },
) {
  const { scope, ...rest } = props;
  const { t } = useTranslation();
  if (useCan(scope)) return <Button {...rest} />;
  const { onClick: _, ...shown } = rest;
  return (
    <Tooltip label={t("error.needs", { scope })}>
      <Button {...shown} data-disabled aria-disabled />
    </Tooltip>
  );
}
