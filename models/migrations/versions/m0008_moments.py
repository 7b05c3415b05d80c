"""When a practitioner wants mail: a digest, a preview, a follow-up; and when she wants none."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_WISHES = ("digest_at", "preview_at", "follow_up_at", "quiet_hours")


def upgrade() -> None:
    with op.batch_alter_table("practitioner") as table:
        for wish in _WISHES:
            table.add_column(sa.Column(wish, _text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("practitioner") as table:
        for wish in _WISHES:
            table.drop_column(wish)
