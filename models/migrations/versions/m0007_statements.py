"""What the therapist said of a statement: shared, set aside."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("id", _text(), nullable=False),
        sa.Column("client_id", _text(), nullable=False),
        sa.Column("key_index", _text(), nullable=False),
        sa.Column("about", _text(), nullable=False),
        sa.Column("verdict", _text(), nullable=False),
        sa.Column("said_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_statement_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint(
            "client_id", "key_index", "about", name=op.f("uq_statement_client_id_key_index_about")
        ),
    )
    with op.batch_alter_table("statement") as table:
        table.create_index(op.f("ix_statement_client_id"), ["client_id"])


def downgrade() -> None:
    op.drop_table("statement")
