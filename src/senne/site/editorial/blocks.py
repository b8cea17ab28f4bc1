"""What editorial pages are made of: headings, texts, pictures, quotes, documents, and records of the plan as they stand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import widgets
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

from senne.core.policy import VISITOR
from senne.indicators.api import Indicator
from senne.indicators.api import queries as indicators
from senne.plan.api import Action, Objective, Plan, Theme, queries
from senne.site.editorial.references import Reference, parse
from senne.site.editorial.wording import heading_faults, vague_links

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
LEVELS = [("2", gettext_lazy("Heading")), ("3", gettext_lazy("Heading below a heading"))]
MOST_CHANGES = 10


class TextBlock(blocks.RichTextBlock):
    """Paragraphs and lists with links that say where they lead."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"features": FEATURES, **options})

    def clean(self, value: RichText) -> RichText:
        value = super().clean(value)
        if vague := vague_links(value.source if value else ""):
            text = _("Say in the link's text where it leads; “%(text)s” does not.")
            raise ValidationError(text % {"text": vague[0]})
        return value

    class Meta:
        label = gettext_lazy("Text")
        icon = "pilcrow"
        template = "editorial/blocks/text.html"


class HeadingBlock(blocks.StructBlock):
    """A heading of the page's second or third level."""

    level = blocks.ChoiceBlock(choices=LEVELS, default="2", label=gettext_lazy("Level"))
    text = blocks.CharBlock(max_length=120, label=gettext_lazy("Heading"))

    class Meta:
        label = gettext_lazy("Heading")
        icon = "title"
        template = "editorial/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words, unless it is decoration and said to be."""

    picture = ImageBlock(label=gettext_lazy("Picture"))
    caption = blocks.CharBlock(required=False, max_length=250, label=gettext_lazy("Caption"))
    credit = blocks.CharBlock(required=False, max_length=120, label=gettext_lazy("Who made it"))

    class Meta:
        label = gettext_lazy("Picture")
        icon = "image"
        template = "editorial/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(max_length=600, label=gettext_lazy("What was said"))
    who = blocks.CharBlock(required=False, max_length=120, label=gettext_lazy("Who said it"))

    class Meta:
        label = gettext_lazy("Quote")
        icon = "openquote"
        template = "editorial/blocks/quote.html"


class DocumentBlock(blocks.StructBlock):
    """A document to download, with its format and weight."""

    document = DocumentChooserBlock(label=gettext_lazy("Document"))
    label = blocks.CharBlock(required=False, max_length=150, label=gettext_lazy("Text of the link"))

    class Meta:
        label = gettext_lazy("Document")
        icon = "doc-full"
        template = "editorial/blocks/document.html"


# ---- Records as they stand when the page is read -------------------------------------------------------------------


def _known(kind: str) -> list[tuple[str, str]]:
    """(reference, name) of every public record of a kind: 'action', 'objective', 'indicator', 'part' (plans, themes)."""
    if kind == "action":
        found = queries.open_actions(VISITOR).order_by("plan__code", "order", "code")
        return [(f"{a.plan.code}:{a.code}", str(a.title)) for a in found]
    if kind == "objective":
        objectives = queries.objectives(VISITOR).order_by("plan__code", "order", "code")
        return [(f"{o.plan.code}:{o.code}", str(o.statement)) for o in objectives]
    if kind == "indicator":
        return [(i.code, str(i.name)) for i in indicators.indicators(VISITOR)]
    plans = [(p.code, str(p.name)) for p in queries.plans(VISITOR)]
    themes = queries.themes(VISITOR).order_by("plan__code", "order")
    return plans + [(f"{t.plan.code}:{t.code}", str(t.name)) for t in themes]


class RecordInput(widgets.TextInput):
    """A text field that proposes the public records of its kind while one types."""

    template_name = "editorial/widgets/record.html"

    def __init__(self, kind: str) -> None:
        super().__init__({"list": f"records-{kind}"})
        self.kind = kind

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "kind": self.kind, "known": _known(self.kind)}


class RecordBlock(blocks.CharBlock):
    """Names a record as PLAN:CODE, an indicator by its code; refuses what is not there."""

    def __init__(self, kind: str = "action", **options: Any) -> None:
        helps = {"help_text": gettext_lazy("Begin to type a code or a name: CLIMAT:EN-02."), "max_length": 125}
        super().__init__(**{**helps, **options})
        self.kind = kind
        self.field.widget = RecordInput(kind)

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if not value:
            return ""
        reference = parse(value)
        if reference is None or not exists(self.kind, reference):
            text = _("There is no “%(written)s” in any plan.")
            if self.kind == "indicator":
                text = _("There is no indicator “%(written)s”.")
            raise ValidationError(text % {"written": value})
        return str(reference)


def exists(kind: str, reference: Reference) -> bool:
    """Whether there is such a record, public or not. A public one is shown; of another the editor is warned."""
    if kind == "indicator":
        return not reference.code and Indicator.objects.filter(code=reference.plan).exists()
    if kind == "part" and not reference.code:
        return Plan.objects.filter(code=reference.plan).exists()
    model: Any = {"action": Action, "objective": Objective, "part": Theme}[kind]
    return model.objects.filter(plan__code=reference.plan, code=reference.code).exists()


class LiveBlock(blocks.StructBlock):
    """A block that shows records; `live` in the context holds them (senne.site.editorial.live)."""

    kind = ""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        live = context.get("live")
        context["shown"] = live.of(self.kind, value) if live is not None else None
        return context


class ActionBlock(LiveBlock):
    """An action of the plan, with its status, health and progress on the day it is read."""

    kind = "action"
    of = RecordBlock("action", label=gettext_lazy("Action"))

    class Meta:
        label = gettext_lazy("Action, as it stands")
        icon = "tick-inverse"
        template = "editorial/blocks/action.html"


class ObjectiveBlock(LiveBlock):
    """An objective of the plan, with its progress and whether it is monitored."""

    kind = "objective"
    of = RecordBlock("objective", label=gettext_lazy("Objective"))

    class Meta:
        label = gettext_lazy("Objective, as it stands")
        icon = "order"
        template = "editorial/blocks/objective.html"


class IndicatorBlock(LiveBlock):
    """An indicator, with its latest figure, its line and where it stands on the day it is read."""

    kind = "indicator"
    of = RecordBlock(
        "indicator",
        label=gettext_lazy("Indicator"),
        help_text=gettext_lazy("Begin to type the code or the name of the indicator."),
    )

    class Meta:
        label = gettext_lazy("Indicator, as it stands")
        icon = "decimal"
        template = "editorial/blocks/indicator.html"


class ProgressBlock(LiveBlock):
    """How far a plan or a theme is."""

    kind = "progress"
    of = RecordBlock("part", label=gettext_lazy("Plan or theme"))

    class Meta:
        label = gettext_lazy("Progress bar")
        icon = "minus"
        template = "editorial/blocks/progress.html"


class CountsBlock(LiveBlock):
    """How many actions of a plan or a theme stand where."""

    kind = "counts"
    of = RecordBlock("part", label=gettext_lazy("Plan or theme"))

    class Meta:
        label = gettext_lazy("Actions by status")
        icon = "list-ol"
        template = "editorial/blocks/counts.html"


class ChangesBlock(LiveBlock):
    """The latest changes of all plans, of one, or of a theme."""

    kind = "changes"
    of = RecordBlock("part", required=False, label=gettext_lazy("Plan or theme (all where none is given)"))
    most = blocks.IntegerBlock(min_value=1, max_value=MOST_CHANGES, default=5, label=gettext_lazy("How many"))

    class Meta:
        label = gettext_lazy("Latest changes")
        icon = "history"
        template = "editorial/blocks/changes.html"


# ---- The streams ---------------------------------------------------------------------------------------------------


class PlainBody(blocks.StreamBlock):
    """Headings in order, texts, pictures, quotes, documents."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    document = DocumentBlock()

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        places = [place for place, child in enumerate(value) if child.block_type == "heading"]
        faults = heading_faults(int(value[place].value["level"]) for place in places)
        if faults:
            message = _("This heading skips a level: a heading below needs a heading above it.")
            error = StructBlockValidationError(non_block_errors=[message])
            raise blocks.StreamBlockValidationError(block_errors={places[fault]: error for fault in faults})
        return value


class Body(PlainBody):
    """All that, and records of the plan as they stand when the page is read."""

    action = ActionBlock()
    objective = ObjectiveBlock()
    indicator = IndicatorBlock()
    progress = ProgressBlock()
    counts = CountsBlock()
    changes = ChangesBlock()
