"""Tables. No rules beyond constraints; importing this package knows them all."""

from importlib import import_module
from pkgutil import iter_modules


def import_all() -> None:
    """Import every module of tables, so that the metadata is whole."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
