"""The user model: identity only. Health data and activity belong to other apps."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.prepared import Parameter, PreparedQuery
from common.time_zones import time_zones


def validate_time_zone(name: str) -> None:
    """Accept an IANA time zone name such as "Europe/Madrid". Raise ValidationError for anything else."""
    if name not in time_zones():
        raise ValidationError(_("“%(name)s” is not a time zone we know."), params={"name": name})


class UserManager(BaseUserManager["User"]):
    """Creates users by email address; there are no user names."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and save a user. Raise ValueError without an address."""
        if not email:
            raise ValueError("A user needs an email address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create and save a user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """Return one user. By primary key, as each page of a member asks for its own, by a query built once."""
        if args or kwargs.keys() != {"pk"}:
            return super().get(*args, **kwargs)
        for user in _BY_PK(pk=User._meta.pk.to_python(kwargs["pk"])):
            return user
        raise User.DoesNotExist

    def get_by_natural_key(self, email: str | None) -> "User":
        """Return the user with this address, ignoring case."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: a member, the therapist, a moderator or an editor."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name to call you"), max_length=60, blank=True)
    pen_name = models.CharField(
        _("pen name"),
        max_length=60,
        blank=True,
        help_text=_("Shown with your comments instead of your name."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the desk"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("unused, the account ends, as we wrote"), null=True, blank=True, editable=False
    )

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_ci",
                violation_error_message=_("Somebody has this address already."),
            )
        ]
        indexes = [
            # `iexact` and `icontains` compare in capitals.
            models.Index(Upper("email"), name="accounts_user_email_upper"),
            models.Index(fields=["id"], condition=models.Q(is_staff=True), name="accounts_user_staff"),
            GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"),
                OpClass(Upper("email"), "gin_trgm_ops"),
                name="accounts_user_search",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """Return the name to address the person by, or "": an address is never used as a name."""
        return self.name


_BY_PK = PreparedQuery(lambda: User.objects.filter(pk=Parameter("pk")))
