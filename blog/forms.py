"""Forms for comments and reports."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from blog.models import Comment, Report
from blog.models.comments import NAME_MAX_LENGTH, WEBSITE_MAX_LENGTH
from blog.moderation import BODY_MAX_LENGTH
from blog.sanitizing import many_lines, one_line, website_address
from common.members import User
from common.shared_fields import shares_fields

NOTE_MAX_LENGTH = 1_000


class CommentTextForm(forms.Form):
    """A text of several lines, at most BODY_MAX_LENGTH characters."""

    body = forms.CharField(
        label=_("Your comment"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write something first.")},
    )

    def clean_body(self) -> str:
        """Normalize the text and check its length; a text that is too long stays in the form."""
        body = many_lines(self.cleaned_data["body"])
        if not body:
            raise forms.ValidationError(self.fields["body"].error_messages["required"])
        if len(body) > BODY_MAX_LENGTH:
            raise forms.ValidationError(
                _(
                    "This is a little too long: %(length)s characters, and there is room for %(most)s. "
                    "Nothing is lost. Please shorten it, or send it in two parts."
                ),
                code="too_long",
                params={"length": f"{len(body):,}", "most": f"{BODY_MAX_LENGTH:,}"},
            )
        return body


@shares_fields
class CommentForm(CommentTextForm):
    """A comment with its author's name. A signed-in author is not asked for an email address: the account's is used.

    `subject` is a honeypot: hidden from people, filled in by bots.
    """

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Shown with your comment. A first name or nickname is fine."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Please tell us what to call you.")},
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=Comment._meta.get_field("email").max_length,
        help_text=_("Never shown. Only the therapist can see it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Website (optional)"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )
    wants_answers = forms.BooleanField(label=_("Email me when someone answers me"), required=False)
    subject = forms.CharField(required=False)

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user is not None:
            del self.fields["email"]
            self.fields["name"] = name = deepcopy(self.fields["name"])
            name.initial = user.pen_name
            name.help_text = _("Your pen name, shown with your comment.")

    def clean_name(self) -> str:
        """Normalize the name to one line of at most NAME_MAX_LENGTH characters."""
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        if len(name) > NAME_MAX_LENGTH:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Please use a name of at most %(most)d character.",
                    "Please use a name of at most %(most)d characters.",
                    "most",
                ),
                params={"most": NAME_MAX_LENGTH},
            )
        return name

    def clean_website(self) -> str:
        """Normalize the URL, adding https:// where the scheme is missing."""
        typed = one_line(self.cleaned_data["website"])
        if not typed:
            return ""
        website = website_address(typed)
        if website is None:
            raise forms.ValidationError(
                _("This does not look like a web address, such as example.org. You can leave it empty.")
            )
        if len(website) > WEBSITE_MAX_LENGTH:
            raise forms.ValidationError(_("This web address is too long. You can leave it empty."))
        return website


class ReportForm(forms.Form):
    """Why a comment should be reviewed."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Report.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    note = forms.CharField(
        label=_("Anything to add? (optional)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        """Normalize the note and check its length."""
        note = many_lines(self.cleaned_data["note"])
        if len(note) > NOTE_MAX_LENGTH:
            raise forms.ValidationError(
                _("Please keep the note under %(most)d characters."), params={"most": NOTE_MAX_LENGTH}
            )
        return note
