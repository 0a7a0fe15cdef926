"""The time limit and the steps that share it."""

from tinhso.definitions.deriving.form import asked, filer_of, plain
from tinhso.definitions.deriving.words import filled, joined
from tinhso.definitions.standard import (
    Standard,
    StandardProcedure,
    StandardQuestion,
    StandardResult,
    StandardStep,
    StandardTime,
)
from tinhso.definitions.types import NO_TEXT, Option, Question, Result, Step, Text, TimeCase, TimeLimit, Unit

# Working hours of a unit, to compare limits and share them out; the legal clock counts by the calendar.
HOURS = {Unit.HOUR: 1, Unit.WORKING_HOUR: 1, Unit.DAY: 5, Unit.WORKING_DAY: 8, Unit.MONTH: 168}
UNITS = {
    Unit.HOUR: Text(vi="giờ", en="hours"),
    Unit.WORKING_HOUR: Text(vi="giờ làm việc", en="working hours"),
    Unit.DAY: Text(vi="ngày", en="days"),
    Unit.WORKING_DAY: Text(vi="ngày làm việc", en="working days"),
    Unit.MONTH: Text(vi="tháng", en="months"),
}


def time_of(facts: StandardProcedure, standard: Standard) -> TimeLimit:
    """Return the longest of the limits listed, with a note about what the list leaves open."""
    texts = standard.form.texts
    times = facts.times or (standard.steps.no_time,)
    longest = max(times, key=hours_of)
    several = filled(texts.several_times, times=joined(*map(_said, times), between=", "))
    return TimeLimit(
        value=longest.value,
        unit=longest.unit,
        cut_off=longest.cut_off,
        same_day=longest.same_day,
        cases=tuple(
            TimeCase(
                when=f"{standard.steps.times_question} == '{_value(index)}'", value=one.value, unit=one.unit
            )
            for index, one in enumerate(facts.times)
            if one is not longest
        ),
        note=joined(
            NO_TEXT if facts.times else texts.no_time,
            several if len(times) > 1 else NO_TEXT,
            NO_TEXT if longest.unit_known else texts.unit_unknown,
        ),
    )


def hours_of(limit: StandardTime | TimeLimit) -> int:
    """Return roughly how many working hours a limit is."""
    return limit.value * HOURS[limit.unit]


def standard_steps(facts: StandardProcedure, standard: Standard) -> tuple[StandardStep, ...]:
    """
    Return the steps of the first process that fits.

    :raises ValueError: none does
    """
    for process in standard.steps.processes:
        if (not process.agencies or facts.agency in process.agencies) and (
            not process.sectors or facts.sector in process.sectors
        ):
            return process.steps
    raise ValueError(f"no process for {facts.agency} in standard-steps.yaml")


def steps_of(facts: StandardProcedure, standard: Standard) -> tuple[Step, ...]:
    """Return the steps, the hours of the time limit shared out among them, at least one each."""
    hours = hours_of(time_of(facts, standard))
    return tuple(
        Step(
            **{name: getattr(step, name) for name in Step.model_fields if name not in {"hours", "ask"}},
            hours=max(1, hours * step.share // 100),
            ask=tuple(_question(question, facts, standard) for question in asked(step.ask, facts)),
        )
        for step in standard_steps(facts, standard)
    )


def result_of(facts: StandardProcedure, standard: Standard) -> Result:
    """Return the first result that is one to hand out, numbered after the kind of document it is."""
    rules = standard.steps
    nothing = StandardResult(name=rules.result_name)
    handed_out = [one for one in facts.results if not one.name.vi.startswith(rules.not_results)]
    chosen = next(iter((*handed_out, *facts.results, nothing)))
    series = next(one.series for one in rules.series if chosen.name.vi.startswith(one.begins))
    return Result(
        code=chosen.code,
        name=chosen.name,
        template=rules.templates[filer_of(facts)],
        series=series,
    )


def _question(question: StandardQuestion, facts: StandardProcedure, standard: Standard) -> Question:
    if question.id != standard.steps.times_question:
        return plain(question)
    options = tuple(Option(value=_value(index), label=_said(one)) for index, one in enumerate(facts.times))
    return plain(question).model_copy(update={"options": options})


def _value(index: int) -> str:
    return f"limit_{index + 1}"


def _said(time: StandardTime) -> Text:
    return filled(
        Text(vi="{value} {unit}", en="{value} {unit}"), value=str(time.value), unit=UNITS[time.unit]
    )
