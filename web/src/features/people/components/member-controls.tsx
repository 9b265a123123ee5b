import type { MemberRow } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { Button, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { notifyDone, notifyFailed } from "../../../components/notify.ts";
import { useCan, useOrganization, useViewer } from "../../../lib/session/use-session.tsx";
import { useChangeMembers } from "../api/people.ts";
import { givableRoles, ROLES } from "../roles.ts";

/** Changes a member's role; shows the old one until the server has agreed. */
export function RoleSelect({ member }: { readonly member: MemberRow }) {
  const { t } = useTranslation();
  const { update } = useChangeMembers();
  const mayWrite = useCan("member:write");
  const { role } = useOrganization();
  const givable = givableRoles(role);
  const known = ROLES.find((each) => each === member.role);
  const change = async (next: string | null) => {
    if (!next || next === member.role) return;
    try {
      await update.mutateAsync({ id: member.id, etag: member.etag, role: next });
      notifyDone(t("people.roleChanged", { name: member.name }));
    } catch (error) {
      notifyFailed(t("people.notChanged", { name: member.name }), error);
    }
  };
  if (!mayWrite || (known && !givable.includes(known)))
    return <span>{known ? t(`people.role_${known}`) : member.role}</span>;
  return (
    <Select
      size="xs"
      w={130}
      aria-label={t("people.roleOf", { name: member.name })}
      allowDeselect={false}
      disabled={update.isPending}
      value={member.role}
      data={givable.map((value) => ({ value, label: t(`people.role_${value}`) }))}
      onChange={(next) => void change(next)}
    />
  );
}

/** Deactivates after a question, reactivates at once. */
export function ActivityButton({ member }: { readonly member: MemberRow }) {
  const { t } = useTranslation();
  const { update } = useChangeMembers();
  const mayWrite = useCan("member:write");
  const self = useViewer().email === member.email;
  const [asking, ask] = useDisclosure(false);
  if (!mayWrite || self) return null;
  const set = (active: boolean) => update.mutateAsync({ id: member.id, etag: member.etag, active });
  const reactivate = () =>
    set(true).catch((error: unknown) => notifyFailed(t("people.notChanged", { name: member.name }), error));
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        loading={update.isPending}
        onClick={member.active ? ask.open : () => void reactivate()}
        aria-label={t(member.active ? "people.deactivateName" : "people.reactivateName", { name: member.name })}
      >
        {member.active ? t("people.deactivate") : t("people.reactivate")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("people.deactivateTitle", { name: member.name })}
          verb={t("people.deactivate")}
          failure={t("people.membersWhat")}
          onConfirm={() => set(false)}
          onClose={ask.close}
        >
          {t("people.deactivateText")}
        </ConfirmDialog>
      )}
    </>
  );
}
