"""What there is to report: on an action by itself, on an action or an objective for a round. One way to save them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from senne.core.policy import Actor
from senne.core.text import Text, reader_language
from senne.plan.api import Action, Contribution, Objective, do, measured
from senne.workspace.forms.reporting import ObjectiveReportForm, ReportForm, figures_given, initial_answers


class Task(Protocol):
    """Something to report on: how its form is made and saved."""

    record: Any
    contribution: Any
    figures: Sequence[measured.FigureAsked]

    @property
    def place(self) -> str: ...

    def form(self, files: Any) -> Callable[..., Any]: ...

    def initial_of(self, record: Any, year: int) -> Mapping[str, Any]: ...

    def save(self, values: Mapping[str, Any], version: int | None, actor: Actor, today: date) -> None: ...

    def save_around(self, form: Any, actor: Actor, today: date) -> list[str]: ...


@dataclass
class ActionTask:
    """A report on an action, for a round or not."""

    record: Action
    contribution: Contribution | None = None
    figures: Sequence[measured.FigureAsked] = ()

    @property
    def place(self) -> str:
        """Under which name drafts of it are kept."""
        return f"report:action:{self.record.pk}"

    def form(self, files: Any) -> Callable[..., ReportForm]:
        """What makes the form from data and initial values. Files belong to data: without, it is a form to fill in."""

        def make(data: Any = None, **options: Any) -> ReportForm:
            sent = files if data is not None else None
            asked = questions_of(self.contribution)
            return ReportForm(data, action=self.record, files=sent, questions=asked, figures=self.figures, **options)

        return make

    def initial_of(self, record: Action, year: int) -> Mapping[str, Any]:
        return {**ReportForm.initial_of(record, year), **initial_answers(self.contribution)}

    def save(self, values: Mapping[str, Any], version: int | None, actor: Actor, today: date) -> None:
        """The report itself; money and evidence come after it."""
        said = {name: values[name] for name in do.REPORT_FIELDS if name in values}
        if not said.get("phase", "-"):
            del said["phase"]
        steps = values.get("steps")
        common: dict[str, Any] = {"actor": actor, "today": today, "steps_done": steps, "expected_version": version}
        common["figures"] = figures_given(values, self.figures)
        if self.contribution is None:
            do.report(self.record, said, **common)
        else:
            do.contribute(self.contribution, said, answers_in(values, self.contribution), **common)

    def save_around(self, form: ReportForm, actor: Actor, today: date) -> list[str]:
        """Money, files, link. Returns what was refused of them, in words; each by itself, the rest is kept."""
        refused = [_refused(upload.name, fault) for upload, fault in self._files(form, actor)]
        data = form.cleaned_data
        if data.get("link"):
            label = Text({reader_language(): data["link_label"]}) if data["link_label"] else Text()
            do.add_evidence_link(self.record, data["link"], label=label, actor=actor)
        if data.get("spent") is not None:
            try:
                do.say_spent(self.record, data["spent"], actor=actor, today=today)
            except ValidationError as fault:
                refused.append(" ".join(fault.messages))
        return refused

    def _files(self, form: ReportForm, actor: Actor) -> list[tuple[UploadedFile, ValidationError]]:
        refused = []
        for _name, upload, shows in form.evidence():
            label = Text({reader_language(): shows}) if shows else Text()
            # One byte more than the limit is enough to be refused; the rest never comes into memory.
            content = upload.read(settings.UPLOAD_LIMIT + 1)
            try:
                do.add_evidence(self.record, content, upload.name, label=label, actor=actor)
            except ValidationError as fault:
                refused.append((upload, fault))
        return refused


@dataclass
class ObjectiveTask:
    """What an objective contributes to a round."""

    record: Objective
    contribution: Contribution
    figures: Sequence[measured.FigureAsked] = ()

    @property
    def place(self) -> str:
        return f"report:objective:{self.record.pk}"

    def form(self, files: Any) -> Callable[..., ObjectiveReportForm]:
        return partial(ObjectiveReportForm, questions=questions_of(self.contribution), figures=self.figures)

    def initial_of(self, record: Objective, year: int) -> Mapping[str, Any]:
        return {**ObjectiveReportForm.initial_of(record), **initial_answers(self.contribution)}

    def save(self, values: Mapping[str, Any], version: int | None, actor: Actor, today: date) -> None:
        said = {name: values[name] for name in ("news",) if name in values}
        answers = answers_in(values, self.contribution)
        figures = figures_given(values, self.figures)
        do.contribute(
            self.contribution, said, answers, actor=actor, today=today, expected_version=version, figures=figures
        )

    def save_around(self, form: ObjectiveReportForm, actor: Actor, today: date) -> list[str]:
        return []


def task_of(contribution: Contribution) -> Task:
    """What the contribution asks."""
    if contribution.action is not None:
        return ActionTask(contribution.action, contribution)
    assert contribution.objective is not None
    return ObjectiveTask(contribution.objective, contribution)


def questions_of(contribution: Contribution | None) -> list[Any]:
    """The questions of its round; none without one."""
    return do.questions_of(contribution) if contribution else []


def answers_in(values: Mapping[str, Any], contribution: Contribution) -> dict[str, str]:
    """{key: what was answered}; answers given before stand where the form says nothing of them."""
    given = {n.removeprefix("answer_"): str(v or "") for n, v in values.items() if n.startswith("answer_")}
    return {**contribution.answers, **given}


def _refused(name: str | None, fault: ValidationError) -> str:
    return _("“%(name)s” was not kept: %(why)s") % {"name": name or "", "why": " ".join(fault.messages)}
