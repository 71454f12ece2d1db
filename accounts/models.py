"""Who: identity only. What she does and how she feels lives in other rooms."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.time_zones import time_zones


def validate_time_zone(name):
    """Accept an IANA time zone name such as "Europe/Madrid"; else ValidationError."""
    if name not in time_zones():
        raise ValidationError(_("“%(name)s” is not a time zone we know."), params={"name": name})


class UserManager(BaseUserManager):
    """Creates users by e-mail address; there are no user names."""

    def create_user(self, email, password=None, **fields):
        """A saved user; ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """A saved user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """Sign-in ignores the case of the address."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: a mother, the therapist, a moderator or an editor."""

    email = models.EmailField(_("e-mail address"), unique=True)
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
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_ci")]

    def __str__(self):
        return self.name or self.email

    def get_short_name(self):
        """The name to call her, or nothing: an address is never used as a name."""
        return self.name
