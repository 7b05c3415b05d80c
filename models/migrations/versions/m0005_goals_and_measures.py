"""What is worked towards, and the questionnaires that were answered."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_text = sqlmodel.sql.sqltypes.AutoString
_moment = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "measure_result",
        sa.Column("id", _text(), nullable=False),
        sa.Column("client_id", _text(), nullable=False),
        sa.Column("session_id", _text(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("entered_at", _moment(), nullable=False),
        sa.Column("voided_at", _moment(), nullable=True),
        sa.Column("void_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_id"], ["client.id"], name=op.f("fk_measure_result_client_id_client")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_measure_result_session_id_session")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_result")),
    )
    with op.batch_alter_table("measure_result") as table:
        table.create_index(op.f("ix_measure_result_client_id"), ["client_id"])
    op.create_table(
        "goal",
        sa.Column("id", _text(), nullable=False),
        sa.Column("client_id", _text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", _text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("created_at", _moment(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_goal_client_id_client")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal") as table:
        table.create_index(op.f("ix_goal_client_id"), ["client_id"])


def downgrade() -> None:
    op.drop_table("goal")
    op.drop_table("measure_result")
