"""What a therapist follows for a client."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "marker",
        sa.Column("id", _text(), nullable=False),
        sa.Column("client_id", _text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_index", _text(), nullable=False),
        sa.Column("domain", _text(), nullable=False),
        sa.Column("higher_is_better", sa.Boolean(), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("anchors_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("retired_at", _moment(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_marker_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marker")),
        sa.UniqueConstraint("client_id", "name_index", name=op.f("uq_marker_client_id_name_index")),
    )
    with op.batch_alter_table("marker") as table:
        table.create_index(op.f("ix_marker_client_id"), ["client_id"])


def downgrade() -> None:
    op.drop_table("marker")
