import type { LicenceRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { useChangeLicences } from "../api/licences.ts";
import { type Terms, termsOf, termsProblem } from "../form/terms.ts";
import { TermsFields } from "./terms-fields.tsx";

/** Extends a licence: more learners, more seats, a later end. */
export function TermsDialog({ licence, onClose }: { readonly licence: LicenceRow; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { setTerms } = useChangeLicences();
  const [terms, change] = useState<Terms>(() => termsOf(licence.terms));
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("dispatch.termsOf", { name: licence.name })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTerms.mutate({ scope: licence.scope, id: licence.id, terms }, { onSuccess: onClose });
        }}
      >
        <Stack>
          <TermsFields terms={terms} onChange={(part) => change((present) => ({ ...present, ...part }))} />
          {setTerms.error && <ErrorPanel error={setTerms.error} what={t("dispatch.theTerms")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={setTerms.isPending} disabled={termsProblem(terms) !== undefined}>
              {t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
