"""The budget of an action: one line per nature, year and unit, planned or actual, with its totals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senne.core.viewing import who
from senne.plan.api import BudgetLine, budget_totals, do
from senne.workspace.forms.around import BudgetForm
from senne.workspace.reach import standing
from senne.workspace.saving import attempt
from senne.workspace.views.action.children import change_child, remove_child
from senne.workspace.views.action.common import frame, group_address, the_action, the_child
from senne.workspace.views.common import staff_page


@staff_page
def money(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The lines, their totals, and a form for one more."""
    action, actor = the_action(request, plan, code), who(request)
    form = BudgetForm(request.POST or None, organisations=standing(), initial={"kind": "planned", "unit": "EUR"})
    if attempt(form, lambda: do.add_child(BudgetLine, action, form.values(), actor=actor)):
        messages.success(request, _("The line is added."))
        return redirect(group_address(action, "money"))
    lines = action.budget.all()
    context = frame(request, action, "money", form=form, lines=lines, totals=budget_totals(lines))
    return render(request, "workspace/action/money.html", context)


@staff_page
def budget_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line."""
    line = the_child(request, BudgetLine, pk)
    choices = standing(line.funder_id)
    form = BudgetForm(request.POST or None, organisations=choices, initial=BudgetForm.initial_of(line))
    return change_child(request, line, form, "money", f"{_('Budget line')} – {line}")


@staff_page
@require_POST
def remove_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line away; the history keeps it."""
    line = the_child(request, BudgetLine, pk)
    return remove_child(request, line, "money", _("The line is removed. The history keeps it."))
