"""Event → listeners. One screen long: the only place where rooms that are blind to each other meet."""

from importlib import import_module

from tinhso.kernel.events import listen, together

_BILLS, _PEOPLE, _DOSSIERS = "tinhso.payments.events", "tinhso.people.events", "tinhso.dossiers.listeners"
_CASES = "tinhso.dossiers.events"
_HALLS, _ENTRIES = "tinhso.appointments.listeners", "tinhso.dossiers.registering"

# What the national portal is told of a dossier.
TOLD = (
    *("DossierFiled", "DossierAccepted", "DossierDeclined", "StepClaimed", "StepCompleted", "StepReturned"),
    *("SupplementRequested", "SupplementAnswered", "DeadlineExtended", "DossierWithdrawn", "DossierStopped"),
    *("PaymentAwaited", "PaymentAsked", "PaymentSettled", "PaymentAskedBack"),
    *("DossierRefused", "ResultSigned", "ResultDelivered"),
)
_BOOKS, _PORTAL = "tinhso.bookkeeping.listeners", "tinhso.exchange.listeners"

_CORRECTIONS, _TELLING = "tinhso.registers.correction_events", "tinhso.outreach.corrections"
_CHARGED = "tinhso.outreach.charged"

# (module of the event, event, module of the listener, listener)
LISTENERS: tuple[tuple[str, str, str, str], ...] = (
    (_BILLS, "BillIssued", _DOSSIERS, "on_bill_issued"),
    (_BILLS, "BillPartPaid", _DOSSIERS, "on_bill_part_paid"),
    (_BILLS, "BillPaid", _DOSSIERS, "on_bill_paid"),
    (_BILLS, "BillReopened", _DOSSIERS, "on_bill_reopened"),
    (_BILLS, "RefundMade", _DOSSIERS, "on_refund_made"),
    (_BILLS, "BillPaid", _BOOKS, "on_bill_paid"),
    (_BILLS, "BillReopened", _BOOKS, "on_bill_reopened"),
    (_BILLS, "RefundMade", _BOOKS, "on_refund_made"),
    (_CASES, "ResultSigned", _ENTRIES, "on_result_signed"),
    (_CASES, "ResultCorrected", _ENTRIES, "on_result_changed"),
    (_CASES, "ResultReissued", _ENTRIES, "on_result_changed"),
    (_CASES, "ResultRevoked", _ENTRIES, "on_result_revoked"),
    (_CASES, "ResultSigned", _DOSSIERS, "on_dossier_ended"),
    (_CASES, "DossierRefused", _DOSSIERS, "on_dossier_ended"),
    (_CASES, "DossierDeclined", _DOSSIERS, "on_dossier_ended"),
    (_CASES, "DossierWithdrawn", _DOSSIERS, "on_dossier_ended"),
    (_CASES, "DossierStopped", _DOSSIERS, "on_dossier_ended"),
    ("tinhso.kernel.tree.watching", "LedgerAlarmRaised", "tinhso.notices.listeners", "on_ledger_alarm"),
    (_PEOPLE, "PostEnded", _DOSSIERS, "on_post_ended"),
    (_PEOPLE, "PostEnded", _HALLS, "on_post_ended"),
    (_PEOPLE, "SubstitutionEnded", _DOSSIERS, "on_substitution_ended"),
    (_PEOPLE, "AccountClosed", _DOSSIERS, "on_account_closed"),
    (_PEOPLE, "OrganisationRecorded", _PORTAL, "on_organisation_known"),
    (_PEOPLE, "MandateGiven", _PORTAL, "on_organisation_known"),
    *((_CASES, event, _PORTAL, "on_dossier_event") for event in TOLD),
    (_CORRECTIONS, "CorrectionOpened", _TELLING, "on_opened"),
    (_CORRECTIONS, "CorrectionOpened", _CHARGED, "on_opened"),
    (_CORRECTIONS, "CorrectionProofAsked", _TELLING, "on_proof_asked"),
    (_CORRECTIONS, "CorrectionVerified", _TELLING, "on_verified"),
    (_CORRECTIONS, "CorrectionDone", _TELLING, "on_done"),
    (_CORRECTIONS, "CorrectionRefused", _TELLING, "on_refused"),
)

# (module, what hears of each event, what hears of many recorded at once)
TOGETHER = ((_PORTAL, "on_dossier_event", "on_dossier_events"),)


def connect() -> None:
    """Connect every pair. Modules are named, not imported: models must be loaded before their rooms."""
    for event_module, event, listener_module, listener in LISTENERS:
        listen(getattr(import_module(event_module), event), getattr(import_module(listener_module), listener))
    for module, one, many in TOGETHER:
        together(getattr(import_module(module), one), getattr(import_module(module), many))
