"""Who may make which move. Everything that can say no about rights is here."""

from uuid import UUID

from tinhso.definitions.types import Procedure, Step
from tinhso.dossiers import refusals
from tinhso.dossiers.case import Case
from tinhso.dossiers.models import CaseMessage, Consultation, Dossier, ReasonTemplate, Result, StepRun
from tinhso.dossiers.models.dossier import BLIND_ROLES, OVERSIGHT, Channel
from tinhso.dossiers.moves import MOVES, Move
from tinhso.dossiers.statuses import Status
from tinhso.kernel.refusals import NotAllowed
from tinhso.papers.types import DocumentState
from tinhso.people import policies as people
from tinhso.people.types import Actor, ActorKind, PostView


def require_move(*, actor: Actor, dossier: Dossier, name: str) -> Move:
    """
    Return the move, if the dossier's status has it and the actor is of the side that makes it.

    :raises MoveNotPossible: the status has no such move
    :raises NotAllowed: the move is another side's
    """
    move = MOVES[name]
    if dossier.state not in move.sources:
        raise refusals.MoveNotPossible(status=dossier.state.label)
    if move.by == "applicant" and not speaks_for_applicant(actor=actor, dossier=dossier):
        raise NotAllowed
    if move.by == "step" and actor.kind not in {ActorKind.OFFICER, ActorKind.SYSTEM}:
        raise NotAllowed
    if move.by == "signer" and actor.kind is not ActorKind.OFFICER:
        raise NotAllowed
    if move.by == "system" and actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed
    return move


def speaks_for_applicant(*, actor: Actor, dossier: Dossier) -> bool:
    """Tell whether this is the applicant, who acts for them now, or the counter that took the paper in."""
    if actor.kind is ActorKind.CITIZEN:
        return _speaks(actor, dossier)
    at_counter = actor.post_with(role="one_stop", agency_id=dossier.receiving_agency_id) is not None
    return at_counter and dossier.channel != Channel.ONLINE


def _speaks(actor: Actor, dossier: Dossier) -> bool:
    """A case of an organisation is that of whoever represents it today, not of who once filed it."""
    code = dossier.procedure_code
    if dossier.organisation_id is not None:
        return actor.represents(dossier.organisation_id, procedure_code=code)
    if dossier.applicant_id == actor.person_id:
        return True
    return actor.mandate_for(dossier.applicant_id, procedure_code=code) is not None


def require_step(
    *, actor: Actor, dossier: Dossier, run: StepRun, procedure: Procedure, move: Move
) -> PostView:
    """
    Return the post from which the actor works on the open step.

    :raises OwnCase: the officer is the applicant
    :raises NotYourStep: no post of theirs has the step's role in its agency
    :raises HeldByAnother: a colleague claimed it
    :raises WrongStep: the move belongs to another kind of step
    """
    require_not_own_case(actor=actor, dossier=dossier)
    step = procedure.step(run.step)
    post = require_post(actor=actor, run=run, step=step)
    if not _step_serves(step=step, procedure=procedure, needs=move.needs):
        raise refusals.WrongStep(step=step.name.vi)
    return post


def require_step_move(*, actor: Actor, in_hand: Case, name: str) -> tuple[Move, Actor]:
    """
    Return the move, and the actor as acting from the post that lets them make it.

    :raises MoveNotPossible, NotAllowed: see :func:`require_move` and :func:`require_step`
    """
    dossier, run = in_hand.dossier, in_hand.open_run
    move = require_move(actor=actor, dossier=dossier, name=name)
    post = require_step(actor=actor, dossier=dossier, run=run, procedure=in_hand.procedure, move=move)
    return move, actor.acting_from(post)


def require_not_own_case(*, actor: Actor, dossier: Dossier) -> None:
    """:raises OwnCase: nobody decides their own case"""
    if actor.person_id is not None and actor.person_id == dossier.applicant_id:
        raise refusals.OwnCase


def require_signer(*, actor: Actor, dossier: Dossier, procedure: Procedure, result: Result) -> PostView:
    """
    Return the post from which the actor signs such results for the agency that issued this one.

    :raises OwnCase, NotAllowed: the actor is the applicant, or does not sign there
    """
    require_not_own_case(actor=actor, dossier=dossier)
    roles = {step.by for step in procedure.steps if step.signs}
    posts = (actor.post_with(role=role, agency_id=result.document.agency_id) for role in roles)
    post = next((post for post in posts if post is not None), None)
    if post is None:
        raise NotAllowed
    return post


def require_noter(*, actor: Actor, dossier: Dossier) -> PostView:
    """
    Return the post from which the actor writes notes: in an agency that has a part in the case.

    :raises OwnCase, NotAllowed: the actor is the applicant, only watches, or is not an officer
    """
    require_not_own_case(actor=actor, dossier=dossier)
    if actor.kind is not ActorKind.OFFICER:
        raise NotAllowed
    # Read from what the page fetched already.
    runs = {run.agency_id for run in dossier.steps.all()}
    asked = {row.agency_id for row in dossier.consultations.all() if not row.is_ad_hoc}
    agencies = {dossier.agency_id, dossier.receiving_agency_id} | runs | asked
    posts = (post for post in actor.posts if post.role not in BLIND_ROLES | {OVERSIGHT[0]})
    post = next((post for post in posts if post.agency_id in agencies), None)
    if post is None:
        raise NotAllowed
    return post


def require_correspondent(*, actor: Actor, dossier: Dossier) -> PostView | None:
    """
    Return the post from which an officer writes to the applicant; None for the applicant's side.

    :raises OwnCase, NotAllowed: neither side of the case, or one that only watches
    """
    if actor.kind is ActorKind.CITIZEN:
        if not _speaks(actor, dossier):
            raise NotAllowed
        return None
    return require_noter(actor=actor, dossier=dossier)


def side_of(*, actor: Actor, dossier: Dossier) -> str | None:
    """Return whose side the actor is on in the thread; None for who only reads it."""
    try:
        post = require_correspondent(actor=actor, dossier=dossier)
    except NotAllowed:
        return None
    return CaseMessage.Side.OFFICE if post else CaseMessage.Side.APPLICANT


def may_note(*, actor: Actor, dossier: Dossier) -> bool:
    """Tell whether a page should offer to write a note."""
    try:
        require_noter(actor=actor, dossier=dossier)
    except NotAllowed:
        return False
    return True


def require_post(*, actor: Actor, run: StepRun, step: Step) -> PostView:
    """:raises NotYourStep, HeldByAnother: see :func:`require_step`"""
    post = actor.post_with(role=run.role, agency_id=run.agency_id)
    if post is None:
        raise refusals.NotYourStep(step=step.name.vi)
    if run.holder_id is not None and run.holder_id != actor.account_id:
        raise refusals.HeldByAnother(holder=_holder_name(run))
    return post


def require_reader(actor: Actor) -> None:
    """:raises NotAllowed: the actor is no officer with a post"""
    if not actor.is_officer or not actor.posts:
        raise NotAllowed


def require_worker_in(actor: Actor, *, agency_id: UUID) -> PostView:
    """Return a post that works on dossiers in the agency. :raises NotAllowed: the actor has none there"""
    idle = BLIND_ROLES | {OVERSIGHT[0]}
    there = (post for post in actor.posts if post.agency_id == agency_id and post.role not in idle)
    post = next(there, None)
    if not actor.is_officer or post is None:
        raise NotAllowed
    return post


def require_template_owner(*, actor: Actor, template: ReasonTemplate) -> None:
    """:raises NotAllowed: the actor neither wrote it nor heads its agency"""
    require_worker_in(actor, agency_id=template.agency_id)
    if template.author_id != actor.account_id and not people.is_head(actor, agency_id=template.agency_id):
        raise NotAllowed


def require_worker(actor: Actor) -> PostView:
    """Return a post that works on dossiers. :raises NotAllowed: the actor is no officer, or only watches"""
    idle = BLIND_ROLES | {OVERSIGHT[0]}
    post = next((post for post in actor.posts if post.role not in idle), None)
    if not actor.is_officer or post is None:
        raise NotAllowed
    return post


def require_assigner(*, actor: Actor, run: StepRun, step: Step) -> PostView:
    """
    Return the post from which the actor gives the open step to somebody: its holder, while nobody holds it
    whoever may take it, and always the head of its agency.

    :raises NotYourStep, HeldByAnother: see :func:`require_step`
    """
    if people.is_head(actor, agency_id=run.agency_id):
        return next(
            post
            for post in actor.posts
            if post.role in people.HEADS and post.agency_id == run.agency_id and post.substitute_for is None
        )
    return require_post(actor=actor, run=run, step=step)


def require_consulted(*, actor: Actor, consultation: Consultation) -> PostView:
    """:raises NotAllowed: the actor has no post in the agency that was asked, or another colleague was"""
    if consultation.to_account_id not in (None, actor.account_id):
        raise NotAllowed
    post = actor.post_with(role=consultation.role, agency_id=consultation.agency_id)
    if post is None:
        raise NotAllowed
    return post


def can(*, actor: Actor, dossier: Dossier, run: StepRun | None, procedure: Procedure, name: str) -> bool:
    """Tell whether a page should offer the move; the action asks again when it runs."""
    try:
        move = require_move(actor=actor, dossier=dossier, name=name)
        if move.by == "signer":
            return _may_amend(actor=actor, dossier=dossier, procedure=procedure)
        if move.by == "step" and run is not None:
            require_step(actor=actor, dossier=dossier, run=run, procedure=procedure, move=move)
    except (NotAllowed, refusals.MoveNotPossible, refusals.WrongStep):
        return False
    return move.by != "step" or run is not None


def _may_amend(*, actor: Actor, dossier: Dossier, procedure: Procedure) -> bool:
    result: Result | None = getattr(dossier, "result", None)
    if result is None or not result.granted or result.document.state != DocumentState.VALID:
        return False
    require_signer(actor=actor, dossier=dossier, procedure=procedure, result=result)
    return True


def _step_serves(*, step: Step, procedure: Procedure, needs: str) -> bool:
    first = procedure.steps[0].id == step.id
    kinds = {
        "": True,
        "receive": first,
        "process": not first and not step.signs and not step.returns,
        "sign": step.signs,
        "return": step.returns,
    }
    return kinds[needs]


def _holder_name(run: StepRun) -> str:
    return run.holder.get_full_name() if run.holder is not None else ""


def moves_of(*, actor: Actor, dossier: Dossier, run: StepRun | None, procedure: Procedure) -> frozenset[str]:
    """Return the names of all moves a page should offer the actor now."""
    return frozenset(
        name for name in MOVES if can(actor=actor, dossier=dossier, run=run, procedure=procedure, name=name)
    )


def is_open(dossier: Dossier) -> bool:
    """Tell whether anything can still happen to the case."""
    return dossier.state not in {Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED}
