"""The records as every query takes them: the open handle and the vault for its sealed columns."""

from models.records import Records

__all__ = ["Records"]
