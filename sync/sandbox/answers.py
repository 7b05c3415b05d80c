"""One successful answer of the API, before and after it is written as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.sandbox.items import Item, View, view_for
from sync.sandbox.masks import Mask, masked
from sync.sandbox.moments import Resource
from sync.sandbox.tokens import Bookmark


@dataclass(slots=True)
class Answer:
    """An answer that faults may still spoil: `items` are kept apart because their JSON is remembered.

    `here` is the page that this is; `sync_token` what the listing's last page carries.
    """

    body: Resource
    items: Sequence[Item] | None = None
    view: View = field(default_factory=lambda: view_for("owner"))
    mask: Mask | None = None
    here: Bookmark | None = None
    sync_token: str | None = None

    def written(self) -> bytes:
        """The JSON of this answer, cut to the fields asked for."""
        body = json.dumps(masked(self.body, self.mask), ensure_ascii=False, separators=(",", ":"))
        if self.items is None or not (self.mask is None or "items" in dict(self.mask)):
            return body.encode()
        items = ",".join([item.text(self.view) for item in self.items])
        return f'{body[:-1]}{"," if len(body) > 2 else ""}"items":[{items}]}}'.encode()
