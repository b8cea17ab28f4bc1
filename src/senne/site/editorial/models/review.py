"""Two people for every publication: who submits a page does not approve it, and what is under review does not change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


class Review(TaskState):
    """A page under review: who submitted it."""

    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("review")


class TwoPersonTask(AbstractGroupApprovalTask):
    """Somebody else of the group reads the page and approves it, or sends it back with a reason."""

    task_state_class = Review

    class Meta:
        verbose_name = _("review by a second person")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        state = super().start(workflow_state, user=user)
        Review.objects.filter(pk=state.pk).update(submitted_by=user)
        state.submitted_by = user
        return state

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody changes what is being reviewed: what is approved is what was read."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        return False

    def may_decide(self, state: Any, user: Any) -> bool:
        """A member of the group who neither submitted the page nor wrote its last version."""
        if not self._user_in_groups(user):
            return False
        state = state.specific
        return user.pk not in {state.submitted_by_id, state.revision.user_id}

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        state = obj.current_workflow_task_state
        if state is None or not self.may_decide(state, user):
            return []
        return [("reject", _("Send back with a reason"), True), ("approve", _("Approve and publish"), False)]

    def get_form_for_action(self, action: str) -> Any:
        from senne.site.editorial.reviewing import ReasonForm

        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    def on_action(self, task_state: Any, user: Any, action_name: str, **more: Any) -> None:
        """Raises PermissionDenied for whoever may not decide, and for sending back without a reason."""
        if not self.may_decide(task_state, user):
            raise PermissionDenied
        if action_name == "reject" and not str(more.get("comment", "")).strip():
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **more)

    def get_task_states_user_can_moderate(self, user: Any, **more: Any) -> Any:
        waiting = super().get_task_states_user_can_moderate(user, **more)
        mine = Review.objects.filter(models.Q(submitted_by=user) | models.Q(revision__user=user)).values("pk")
        return waiting.exclude(pk__in=mine)

    @classmethod
    def get_description(cls) -> Any:
        return _("Somebody else of the group reads the page and approves it, or sends it back with a reason")
