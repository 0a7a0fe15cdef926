"""Who does for a room what it cannot do itself, because it is known only elsewhere."""

from importlib import import_module

# (module that asks, module and class of who does it)
APPOINTED = (
    ("tinhso.kernel.tree.stamps", "tinhso.papers.time_stamps", "TimeStampAuthority"),
    ("tinhso.plans.ports", "tinhso.wiring.plans", "ByMonth"),
    ("tinhso.reports.ports", "tinhso.wiring.reports", "ByAgency"),
)


def appoint() -> None:
    """Name each. Modules are named, not imported: models must be loaded before their rooms."""
    for asking, module, name in APPOINTED:
        import_module(asking).appoint(getattr(import_module(module), name)())
