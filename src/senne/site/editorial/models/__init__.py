"""What the editorial part stores."""

from senne.site.editorial.models.pages import (
    DocumentPage,
    EditorialPage,
    Guide,
    Guides,
    HomeIntroduction,
    LanguageRoot,
    News,
    NewsList,
    Publications,
    Stories,
    Story,
    ThemeIntroduction,
    ThemeIntroductions,
)
from senne.site.editorial.models.placed import Placed
from senne.site.editorial.models.review import Review, TwoPersonTask
from senne.site.editorial.models.translation import Translated

__all__ = [
    "DocumentPage",
    "EditorialPage",
    "Guide",
    "Guides",
    "HomeIntroduction",
    "LanguageRoot",
    "News",
    "NewsList",
    "Placed",
    "Publications",
    "Review",
    "Stories",
    "Story",
    "ThemeIntroduction",
    "ThemeIntroductions",
    "Translated",
    "TwoPersonTask",
]
