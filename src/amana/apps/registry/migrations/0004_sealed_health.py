"""Seals what lists say of pregnancies: the claims, and the cells of the rows they came from.

Which column of a list asked for pregnancies is told by the claims: the heading under which every row with
such a claim holds the words of it. A migration that goes back gives both back in the clear; claims that say
nothing stay.
"""

import json

from django.db import migrations, router

from amana.apps.audit.sealing import SealedJson, filled_up, seal, unseal

AT_ONCE = 500
PADDED = 128
PREGNANT = "pregnant"


def _tables(apps, schema_editor):
    alias = schema_editor.connection.alias
    if not router.allow_migrate(alias, "registry", model_name="claim"):
        return None
    return tuple(apps.get_model("registry", name).objects.using(alias) for name in ("Claim", "ListedRow"))


def _claim_place(row):
    told = [row.person_id, row.attribute, row.source, row.on.isoformat()]
    return f"registry.Claim.sealed {json.dumps(told, ensure_ascii=False)}"


def _row_place(row):
    told = [row.batch_id, str(row.number), row.identity]
    return f"registry.ListedRow.sealed {json.dumps(told, ensure_ascii=False)}"


def _sealed(said, place, case):
    return seal(filled_up(json.dumps(said, ensure_ascii=False), PADDED), place, case)


def _recording(at):
    from amana.apps.accounts.viewers import installer
    from amana.apps.audit.recording import recording

    return recording(installer(), at)


def _headings(claims, rows, batch):
    """The headings of a list under which all its claims of this kind find their words."""
    stated = {
        person: set(text.split("; "))
        for person, text in claims.filter(batch=batch, attribute=PREGNANT).values_list("person_id", "stated")
        if text
    }
    found = None
    for row in rows.filter(batch=batch, person__in=list(stated)[:AT_ONCE]):
        fitting = {name for name, cell in row.original.items() if cell and cell in stated[row.person_id]}
        found = fitting if found is None else found & fitting
    return found or set()


def _seal_rows(rows, batch, headings):
    for row in rows.filter(batch=batch).order_by("pk"):
        cells = {name: cell for name, cell in row.original.items() if name in headings}
        if not cells:
            continue
        rest = {name: cell for name, cell in row.original.items() if name not in headings}
        messages = [
            {**each, "stated": "" if each.get("column") in headings else each.get("stated", "")}
            for each in row.messages
        ]
        told = _sealed(cells, _row_place(row), row.batch_id)
        rows.filter(pk=row.pk).update(original=rest, messages=messages, sealed=told)


def forwards(apps, schema_editor):
    """Lists first, while the claims still tell which column it was."""
    tables = _tables(apps, schema_editor)
    if tables is None:
        return
    claims, rows = tables
    health = claims.filter(attribute=PREGNANT, sealed__isnull=True)
    first = health.select_related("person").first()
    if first is None:
        return
    with _recording(first.person.registered_at):
        for batch in set(health.exclude(batch=None).values_list("batch_id", flat=True)):
            if headings := _headings(claims, rows, batch):
                _seal_rows(rows, batch, headings)
        for claim in health.order_by("pk"):
            said = {"flag": claim.flag, "stated": claim.stated}
            told = _sealed(said, _claim_place(claim), claim.person_id)
            claims.filter(pk=claim.pk).update(flag=None, stated="", sealed=told)


def backwards(apps, schema_editor):
    """What is sealed stands in the clear again."""
    tables = _tables(apps, schema_editor)
    if tables is None:
        return
    claims, rows = tables
    for claim in claims.filter(sealed__isnull=False).order_by("pk"):
        said = json.loads(unseal(claim.__dict__["sealed"], _claim_place(claim)))
        claims.filter(pk=claim.pk).update(flag=said["flag"], stated=said["stated"], sealed=None)
    for row in rows.filter(sealed__isnull=False).order_by("pk"):
        cells = json.loads(unseal(row.__dict__["sealed"], _row_place(row)))
        rows.filter(pk=row.pk).update(original={**row.original, **cells}, sealed=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_keys"), ("registry", "0003_sealed_assignments")]

    operations = [
        migrations.AddField("claim", "sealed", SealedJson(editable=True, null=True)),
        migrations.AddField("listedrow", "sealed", SealedJson(editable=True, null=True)),
        migrations.RunPython(forwards, backwards),
    ]
