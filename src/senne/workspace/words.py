"""Words of the workspace."""

from django.utils.translation import gettext_lazy as _

from senne.core.policy import Role

ROLE_LABELS = {
    Role.COORDINATION: _("Climate coordination"),
    Role.HEAD: _("Head of department"),
    Role.OWNER: _("Action owner"),
    Role.CONTRIBUTOR: _("Contributor"),
    Role.SPECIALIST: _("Specialist of a register"),
    Role.BODY_MANAGER: _("Manager of a para-municipal body"),
    Role.READER: _("Reader"),
}
