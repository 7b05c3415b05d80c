"""Renders every mail we send from its folder of three templates."""

import re
import textwrap
from base64 import b64encode
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sync.adapters.charts import draw_png
from sync.domain.attendance.weekly import AttendanceMail
from sync.domain.briefing.day import DayPage, FollowUp
from sync.domain.briefing.notices import (
    AddressConfirmation,
    Alert,
    LinkNotice,
    Mended,
    TestMail,
    Withdrawal,
)
from sync.domain.briefing.reminder import NotesReminder
from sync.domain.briefing.values import Briefing
from sync.ports import Letter

Mail = (
    Briefing
    | DayPage
    | FollowUp
    | NotesReminder
    | LinkNotice
    | Withdrawal
    | Alert
    | Mended
    | TestMail
    | AddressConfirmation
    | AttendanceMail
)

FOLDERS: dict[type[Mail], str] = {
    Briefing: "briefing",
    DayPage: "day",
    FollowUp: "follow_up",
    NotesReminder: "reminder",
    LinkNotice: "briefing_link",
    Withdrawal: "withdrawal",
    Alert: "alert",
    Mended: "mended",
    TestMail: "test",
    AddressConfirmation: "confirm_address",
    AttendanceMail: "weekly_report",
}
"""Where the templates of each mail are."""

TEXT_WIDTH = 74

PREVIEW_FILL = "\u2007\u034f" * 120
"""Blank letters that keep an inbox from showing the page's words after the preview line."""

EMAIL_TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "email"


class Renderer:
    """Makes letters of finished values. One is enough for a process; templates are compiled as needed."""

    def __init__(self, root: Path | None = None) -> None:
        self._environment = template_environment(root or EMAIL_TEMPLATES)
        self._inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)

    def letter(self, mail: Mail, to: str, message_id: str) -> Letter:
        """The letter that carries `mail`; a word missing in a template is an error of ours, and raised."""
        folder = FOLDERS[type(mail)]
        names = _image_names(mail)
        page = self._render(f"{folder}/body.html", mail, names)
        return Letter(
            to=to,
            subject=self._render(f"{folder}/subject.txt", mail, names).strip(),
            text=tidied(self._render(f"{folder}/body.txt", mail, names)),
            html=self._inliner.inline(page),
            message_id=message_id,
            images=self._images(mail, names),
        )

    def preview_html(self, letter: Letter) -> str:
        """The HTML of `letter` with its pictures inside, for a browser instead of a mail program."""
        page = letter.html
        for name, png in letter.images:
            page = page.replace(f'"cid:{name}"', f'"data:image/png;base64,{b64encode(png).decode()}"')
        return page

    def _render(self, name: str, mail: Mail, images: tuple[str, ...]) -> str:
        return self._environment.get_template(name).render(mail=mail, images=images)

    def _images(self, mail: Mail, names: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
        if not isinstance(mail, Briefing):
            return ()
        template = self._environment.get_template("_base/_sparkline.svg")
        named = zip(names, mail.markers, strict=True)
        return tuple((name, draw_png(template, marker.curve)) for name, marker in named if marker.curve)


def template_environment(root: Path) -> Environment:
    """Escapes in HTML and SVG, not in plain text; a missing word is an error everywhere."""
    environment = Environment(
        loader=FileSystemLoader(root),
        autoescape=select_autoescape(("html", "svg")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["preview_fill"] = PREVIEW_FILL
    environment.filters["wrapped"] = wrapped
    environment.filters["blank"] = lambda text: " " * len(text)
    return environment


def wrapped(text: str, before: str = "") -> str:
    """`text` in lines of at most 74 letters, the first after `before`, the others as far in.

    Long words stay whole, so that links and commands can be copied.
    """
    fill = textwrap.TextWrapper(
        TEXT_WIDTH, subsequent_indent=" " * len(before), break_long_words=False, break_on_hyphens=False
    )
    lines = []
    for number, line in enumerate(text.split("\n")):
        fill.initial_indent = before if number == 0 else fill.subsequent_indent
        lines.append(fill.fill(line))
    return "\n".join(lines)


def _image_names(mail: Mail) -> tuple[str, ...]:
    """The content id of each marker's curve, in order; empty where there is none."""
    markers = mail.markers if isinstance(mail, Briefing) else ()
    return tuple(
        f"marker-{number}@practice-sync.invalid" if marker.curve else ""
        for number, marker in enumerate(markers, start=1)
    )


def tidied(text: str) -> str:
    """At most one blank line in a row, no blanks at line ends, one line break at the end."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
