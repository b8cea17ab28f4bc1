"""The demo city's editorial pages: three languages, records that exist, text on the plan's own pages, a draft to review."""

from __future__ import annotations

import io
import re

from PIL import Image

from senne.demo.content import action_rows, table, themes
from senne.demo.drawing import HEIGHT, WIDTH, school_yard
from senne.demo.editorial import SHOWING

PAGES = table("editorial")["page"]


def test_every_text_is_in_three_languages_and_none_repeats_another() -> None:
    for row in PAGES:
        if "languages" in row:
            continue
        texts = [row["title"], *([row["lead"]] if "lead" in row else [])]
        for kind, *rest in row["body"]:
            if kind == "text":
                texts.append(rest)
            elif kind == "heading":
                texts.append(rest[1:])
            elif kind == "picture":
                texts += [rest[1:4], rest[4:7]]
        for text in texts:
            assert len(text) == 3
            assert all(text)
            assert len(set(text)) == 3, text


def test_every_record_that_a_page_shows_is_in_the_city() -> None:
    known = {
        f"{theme.plan}:{row['id']}" for theme, _objective, row in action_rows() if row.get("visibility") != "internal"
    }
    known |= {f"{theme.plan}:{theme.code}" for theme in themes()} | {theme.plan for theme in themes()}
    shown = {block[1] for row in PAGES for block in row["body"] if block[0] in SHOWING}
    assert shown <= known
    assert {f"{row['plan']}:{row['theme']}" for row in PAGES if "theme" in row} <= known


def test_paragraphs_are_whole() -> None:
    for row in PAGES:
        for kind, *rest in row["body"]:
            for html in rest if kind == "text" else ():
                opened = re.findall(r"<(p|ul|li)>", html)
                assert sorted(opened) == sorted(re.findall(r"</(p|ul|li)>", html))


def test_the_drawing_is_a_picture_that_weighs_little() -> None:
    content = school_yard()
    assert Image.open(io.BytesIO(content)).size == (WIDTH, HEIGHT)
    assert len(content) < 120_000
