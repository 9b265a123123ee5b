import { Button, Center, Paper, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../components/notice.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { errorFacts } from "../../lib/rpc/error-facts.ts";
import { useSession } from "../../lib/session/use-session.tsx";

/** Signing in by e-mail and password. */
export function SignInPage({ ended, onSignedIn }: { readonly ended: boolean; readonly onSignedIn: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useForm({
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (value.includes("@") ? null : t("signIn.emailInvalid")),
      password: (value) => (value === "" ? t("signIn.passwordMissing") : null),
    },
  });
  const submit = form.onSubmit(async ({ email, password }) => {
    setBusy(true);
    setFailure(undefined);
    try {
      await session.signIn(email.trim(), password);
      onSignedIn();
    } catch (error) {
      setFailure(error);
      form.setFieldValue("password", "");
    } finally {
      setBusy(false);
    }
  });
  return (
    <Center mih="100dvh" p="md" bg="var(--cm-surface)" component="main">
      <Paper p="xl" w="100%" maw={380}>
        <PageTitle title={t("signIn.title")} above={<Brand />} subtitle={t("signIn.subtitle")} />
        <form onSubmit={submit} noValidate>
          <Stack>
            {ended && failure === undefined && <Notice kind="neutral">{t("signIn.ended")}</Notice>}
            {failure !== undefined && <Failure error={failure} />}
            <TextInput
              label={t("signIn.email")}
              type="email"
              name="email"
              autoComplete="username"
              size="sm"
              {...form.getInputProps("email")}
            />
            <PasswordInput
              label={t("signIn.password")}
              name="password"
              autoComplete="current-password"
              size="sm"
              visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
              {...form.getInputProps("password")}
            />
            <Button type="submit" size="sm" loading={busy}>
              {t("signIn.submit")}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const facts = errorFacts(error);
  const known =
    facts.reason === "SIGN_IN_LOCKED"
      ? t("signIn.locked")
      : facts.reason === "SIGN_IN_FAILED" || facts.kind === "signed-out"
        ? t("signIn.refused")
        : t("signIn.unreachable");
  return (
    <Notice kind="failed" role="alert">
      {known}
      {facts.requestId && (
        <Text fz="xs" c="dimmed">
          {t("error.requestId")} {facts.requestId}
        </Text>
      )}
    </Notice>
  );
}

function Brand() {
  return (
    <img src="/favicon.svg" width="32" height="32" alt="Coursemesh" style={{ display: "block", marginBottom: 12 }} />
  );
}
