import { Container } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../components/error-panel.tsx";

/** A page that could not be drawn; the shell around it stays. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Container size="sm" py="xl">
      <ErrorPanel error={error} what={t("error.thisPage")} onRetry={reset} />
    </Container>
  );
}
