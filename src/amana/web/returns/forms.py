"""The forms of the gate's records. Each checks what a form can; what may be recorded the commands say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from amana.casework.consent import STATES, ReturnRefused
from amana.casework.disclose import GateClosed
from amana.web.determinations.base_form import CaseForm, day_field, long_text, radio_field, short_text
from amana.web.law.form_fields import choice_field
from amana.web.returns import words
from amana.wording.languages import state_in_words

Topics = tuple[tuple[str, Any, Any, tuple[str, ...]], ...]
FLAGS = {"yes": True, "no": False}
COUNTRY = gettext_lazy("Choose the country.")


class ReturnForm(CaseForm):
    """A form about one person and one country; `nations` are offered first."""

    nation = choice_field(gettext_lazy("Country"), needed=COUNTRY)

    def __init__(self, *args: Any, nations: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = sorted(STATES - set(nations), key=state_in_words)
        self.offer("nation", {code: state_in_words(code) for code in (*nations, *rest)}, blank=True)

    def refuse(self, refused: ReturnRefused | GateClosed) -> None:
        """Put a refusal beside the field it speaks of, or above all fields."""
        field = getattr(refused, "field", "")
        self.add_error(field if field in self.fields else None, words.refusal_words(refused))


def flag_field(label: Any, hint: Any = "") -> Any:
    """A question answered yes, no or not known."""
    return radio_field(label, hint, needed=gettext_lazy("Choose an answer; not known is one."))


class ConsentForm(ReturnForm):
    """What was answered, and how it was asked."""

    topics_of = (
        ("what", gettext_lazy("What was asked, and of whom"), "", ("nation", "purpose", "giver", "taken_on")),
        (
            "answer",
            gettext_lazy("The answer"),
            gettext_lazy("A no is as good an answer as a yes. It changes nothing else in the case."),
            ("answer", "until", "own_word", "child_said", "words"),
        ),
        (
            "how",
            gettext_lazy("How it was asked"),
            gettext_lazy(
                "As it was. What was not as it must be keeps the gate closed and can be asked again."
            ),
            ("with_counsel", "counsel", "with_interpreter", "language", "unheard"),
        ),
    )
    past_days = ("taken_on",)

    purpose = radio_field(gettext_lazy("Purpose"), needed=gettext_lazy("Choose the purpose."))
    giver = radio_field(gettext_lazy("Who answered"), needed=gettext_lazy("Choose who answered."))
    taken_on = day_field(gettext_lazy("Asked on"), needed=gettext_lazy("Write the day of the conversation."))
    answer = radio_field(gettext_lazy("Answer"), needed=gettext_lazy("Choose the answer."))
    until = day_field(
        gettext_lazy("Last day of a yes"),
        gettext_lazy("At most 180 days ahead; the person was told this day."),
    )
    own_word = flag_field(gettext_lazy("Does the person say that this is his or her country?"))
    child_said = choice_field(
        gettext_lazy("The child’s view"), gettext_lazy("Only with a guardian’s answer.")
    )
    words = long_text(
        gettext_lazy("In the person’s own words"), gettext_lazy("Kept sealed. Never sent anywhere."), rows=3
    )
    with_counsel = flag_field(gettext_lazy("Was independent counsel there?"))
    counsel = short_text(gettext_lazy("Name of the counsel"), gettext_lazy("Kept sealed."), most=150)
    with_interpreter = flag_field(
        gettext_lazy("Was an interpreter there?"), gettext_lazy("Yes also where none was needed.")
    )
    language = short_text(gettext_lazy("Language spoken"), most=60)
    unheard = flag_field(gettext_lazy("Was it out of the facility’s hearing?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purpose", words.purpose_words())
        self.offer("giver", words.giver_words())
        self.offer("answer", words.answer_words())
        self.offer("child_said", words.child_words(), blank=True)
        for name in ("own_word", "with_counsel", "with_interpreter", "unheard"):
            self.offer(name, words.flag_words())


class WithdrawForm(ReturnForm):
    """What is taken back. No reason is asked for."""

    topics_of = (("what", "", "", ("nation", "purpose", "giver")),)

    purpose = ConsentForm.base_fields["purpose"]
    giver = ConsentForm.base_fields["giver"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("purpose", words.purpose_words())
        self.offer("giver", words.giver_words())


class ScreeningForm(ReturnForm):
    """What a screening for international protection found, for one country."""

    topics_of = (
        ("when", gettext_lazy("The screening"), "", ("nation", "screened_on", "done")),
        (
            "found",
            gettext_lazy("What it found"),
            gettext_lazy("Why there is fear is not written here, and never for the country."),
            ("fear", "claim"),
        ),
    )
    past_days = ("screened_on",)

    screened_on = day_field(
        gettext_lazy("Screened on"), needed=gettext_lazy("Write the day of the screening.")
    )
    done = radio_field(gettext_lazy("Is it finished?"), needed=gettext_lazy("Choose whether it is finished."))
    fear = flag_field(gettext_lazy("Does the person, or a parent, fear this country?"))
    claim = choice_field(
        gettext_lazy("A claim for international protection"), gettext_lazy("Empty where nobody asked.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        flags = words.flag_words()
        self.offer("done", {name: flags[name] for name in FLAGS})
        self.offer("fear", flags)
        self.offer("claim", words.claim_words(), blank=True)


class HoldForm(ReturnForm):
    """A hold on the file."""

    topics_of = (("hold", "", "", ("nation", "until", "ground")),)

    until = day_field(
        gettext_lazy("Until"),
        gettext_lazy("At most a year ahead."),
        needed=gettext_lazy("Write the last day."),
    )
    ground = long_text(
        gettext_lazy("Ground"),
        gettext_lazy("Why the file is held, in words. Kept sealed."),
        needed=gettext_lazy("Say why, in words."),
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nation"].required = False
        self.fields["nation"].help_text = gettext_lazy("Empty: every country.")


class StepForm(ReturnForm):
    """A dossier for a step."""

    topics_of: ClassVar[Topics] = (("what", "", "", ("nation", "step")),)

    step = radio_field(gettext_lazy("Step"), needed=gettext_lazy("Choose the step."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("step", words.step_words())


class PlanForm(StepForm):
    """A step planned for a day."""

    topics_of = (("what", "", "", ("nation", "step", "planned_for")),)

    planned_for = day_field(gettext_lazy("Planned for"), needed=gettext_lazy("Write the day."))


class TellForm(StepForm):
    """What is told, by which way and to whom."""

    topics_of = (("what", "", "", ("nation", "step", "channel", "recipient")),)

    channel = radio_field(gettext_lazy("By which way"), needed=gettext_lazy("Choose the way."))
    recipient = short_text(
        gettext_lazy("To whom"),
        gettext_lazy("The mission and the office within it."),
        needed=gettext_lazy("Say who is told."),
        most=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("channel", words.channel_words())
