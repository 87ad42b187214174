"""First tables: encrypted from the beginning."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _person(primary: bool = False) -> "sa.Column[str]":
    return sa.Column(
        "person_id",
        sa.String(32),
        sa.ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=primary,
        nullable=False,
    )


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("seen_on", sa.Date, nullable=False),
    )
    op.create_index("ix_person_seen_on", "person", ["seen_on"])
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer, primary_key=True),
        _person(),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_entry_person_id", "entry", ["person_id"])
    op.create_table(
        "conversation",
        _person(primary=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer, primary_key=True),
        _person(),
        sa.Column("due_at", sa.DateTime, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_nudge_person_id", "nudge", ["person_id"])
    op.create_index("ix_nudge_due_at", "nudge", ["due_at"])
    op.create_table(
        "handled",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("update_id", sa.String(64), primary_key=True),
        sa.Column("on_day", sa.Date, nullable=False),
    )
    op.create_index("ix_handled_on_day", "handled", ["on_day"])


def downgrade() -> None:
    for table in ("handled", "nudge", "conversation", "entry", "person"):
        op.drop_table(table)
