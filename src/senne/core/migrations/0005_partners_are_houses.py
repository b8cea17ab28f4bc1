"""An outside partner is a house of its own, below the city: its people see its records, the coordination looks after it."""

from django.db import migrations


def _settle(organisations, organisation, above, house):
    """Place the organisation below `above` (None: at the top) and all of its parts with it."""
    path = (above or "/") + f"{organisation.pk:06d}/"
    own = above is None or organisation.kind in {"city", "body", "partner"}
    house = path if own else house
    organisations.filter(pk=organisation.pk).update(path=path, house=house)
    for child in organisations.filter(parent_id=organisation.pk):
        _settle(organisations, child, path, house)


def place_partners(apps, schema_editor):
    organisations = apps.get_model("core", "Organisation").objects
    city = organisations.filter(kind="city", parent=None).order_by("id").first()
    for partner in organisations.filter(kind="partner"):
        above = organisations.filter(pk=partner.parent_id).first() or city
        _settle(organisations, partner, above.path if above else None, "")


class Migration(migrations.Migration):
    dependencies = [("core", "0004_trail_is_guarded")]
    operations = [migrations.RunPython(place_partners, migrations.RunPython.noop)]
