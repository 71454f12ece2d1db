"""Forms whose fields are made once: copying them for each form takes as long as checking what was sent."""

from typing import Any, TypeVar

from django.forms import Form as DeclarativeFieldsForm

Form = TypeVar("Form", bound=type[DeclarativeFieldsForm])


class _Shared(dict[str, Any]):
    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Any]:
        """Return the same fields for one form, which may leave some out or add others."""
        return dict(self)


def shares_fields(form: Form) -> Form:
    """Have all forms of a class share their fields, none of which is ever changed."""
    form.base_fields = _Shared(form.base_fields)
    return form
