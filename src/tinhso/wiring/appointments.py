"""Who does for the ground what it cannot do itself, because it is known only above it."""

from importlib import import_module

# (module of the kernel that asks, module and class of who does it)
APPOINTED = (("tinhso.kernel.tree.stamps", "tinhso.papers.time_stamps", "TimeStampAuthority"),)


def appoint() -> None:
    """Name each. Modules are named, not imported: models must be loaded before their rooms."""
    for asking, module, name in APPOINTED:
        import_module(asking).appoint(getattr(import_module(module), name)())
