"""What a practitioner's mail is encrypted to."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("practitioner") as table:
        table.add_column(sa.Column("certificate_sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("certificate_ends_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("practitioner") as table:
        table.drop_column("certificate_ends_at")
        table.drop_column("certificate_sealed")
