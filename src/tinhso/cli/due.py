"""``tinhso due``: when a time limit ends, and why."""

import json
import re
from datetime import date, datetime, time, timedelta

import click

from tinhso.calendars import clock
from tinhso.calendars.loading import load_calendar
from tinhso.calendars.types import BadTimeLimit, Due, Pause, TimeLimit, Unit, Words, at_time
from tinhso.cli import _language
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.settings.env import env

_LIMIT = re.compile(r"^(\d{1,4})\s*([a-z]+(?:[ _-][a-z]+)?)$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
_UNITS = ", ".join(f"{unit}s" for unit in Unit)
_ADVICE = {
    "received": Words(
        vi="«%s» không phải thời điểm có múi giờ. Hãy ghi dạng 2026-02-13T15:30+07:00.",
        en="«%s» is not a moment with an offset. Write it like 2026-02-13T15:30+07:00.",
    ),
    "limit": Words(
        vi=f"«%s» không phải thời hạn. Hãy ghi số nguyên dương rồi đơn vị ({_UNITS}), như «3 working_days».",
        en=f"«%s» is not a time limit. Write a whole number and a unit ({_UNITS}), like «3 working_days».",
    ),
    "cut_off": Words(
        vi="«%s» không phải giờ trong ngày. Hãy ghi dạng 15:00.",
        en="«%s» is not a time of day. Write it like 15:00.",
    ),
    "pauses": Words(
        vi="«%s» không phải khoảng tạm dừng. Hãy ghi FROM/TO, mỗi bên dạng 2026-03-02T09:00+07:00 hoặc "
        "2026-03-02, bên sau không sớm hơn bên trước.",
        en="«%s» is not a pause. Write FROM/TO, each like 2026-03-02T09:00+07:00 or 2026-03-02, "
        "the second not before the first.",
    ),
}


def _refused(ctx: click.Context, option: str, value: str) -> click.ClickException:
    return click.ClickException(_ADVICE[option].into(ctx.params["lang"]) % value)


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("no offset")
    return local(at)


def _received(ctx: click.Context, _param: click.Parameter, value: str) -> datetime:
    try:
        return _moment(value)
    except (ValueError, OverflowError) as wrong:
        raise _refused(ctx, "received", value) from wrong


def _limit(ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, Unit]:
    parsed = _LIMIT.match(value.strip().lower())
    name = re.sub(r"[ -]", "_", parsed[2]).removesuffix("s") if parsed else ""
    if not parsed or name not in set(Unit) or not int(parsed[1]):
        raise _refused(ctx, "limit", value)
    return int(parsed[1]), Unit(name)


def _cut_off(ctx: click.Context, _param: click.Parameter, value: str | None) -> time | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007  (a time of day)
    except ValueError as wrong:
        raise _refused(ctx, "cut_off", value) from wrong


def _pauses(ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[Pause, ...]:
    return tuple(_pause(ctx, value) for value in values)


def _pause(ctx: click.Context, value: str) -> Pause:
    try:
        start, end = value.split("/")
        first, last = (
            at_time(date.fromisoformat(x), time()) if _DAY.match(x) else _moment(x) for x in (start, end)
        )
        return Pause(first, last + timedelta(days=1) if _DAY.match(end) else last)
    except (ValueError, OverflowError, BadTimeLimit) as wrong:
        raise _refused(ctx, "pauses", value) from wrong


@click.command()
@click.option("--received", required=True, metavar="MOMENT", callback=_received, help="ISO 8601 with offset.")
@click.option(
    "--time", "limit", required=True, metavar="LIMIT", callback=_limit, help='E.g. "3 working_days".'
)
@click.option(
    "--cut-off", metavar="HH:MM", callback=_cut_off, help="Later than this counts as the next working day."
)
@click.option("--same-day", is_flag=True, help="The day of receipt counts; cut-off 15:00 unless given.")
@click.option(
    "--pause", "pauses", multiple=True, metavar="FROM/TO", callback=_pauses,
    help="The clock stands still; a day without a time is meant whole. May be repeated.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True, is_eager=True)
def command(
    received: datetime,
    limit: tuple[int, Unit],
    cut_off: time | None,
    same_day: bool,
    pauses: tuple[Pause, ...],
    as_json: bool,
    lang: str,
) -> None:
    """Say when a time limit ends: the explanation day by day, on the last line the moment."""
    try:
        counted = TimeLimit(*limit, cut_off=cut_off, same_day=same_day)
        calendar = load_calendar(env.packs, env.province)
        result = clock.due(received=received, limit=counted, calendar=calendar, pauses=pauses)
    except Refusal as refusal:
        raise _language.spoken(refusal, lang) from refusal
    click.echo(_as_json(result, lang) if as_json else _as_text(result, lang))


def _as_text(result: Due, language: str) -> str:
    return "\n".join((*clock.explain(result, language), result.at.isoformat(timespec="seconds")))


def _as_json(result: Due, language: str) -> str:
    days = [
        {"on": day.on.isoformat(), "counted": day.counted, "text": day.text.into(language)}
        for day in result.lines
    ]
    return json.dumps({"due": result.at.isoformat(timespec="seconds"), "days": days}, ensure_ascii=False)
