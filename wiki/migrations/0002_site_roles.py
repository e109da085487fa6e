"""Remove Wagtail's welcome page, let editors keep the vocabularies and look through what is submitted.

What the two groups may do with pages, pictures and files is set in people.0002_roles.
"""

from django.db import migrations

VOCABULARIES = ("fieldofaction", "targetgroup")
WORKFLOW = "Sichtung durch die Redaktion"


def permission(apps, app_label, model, codename, name):
    """The permission, made now if Django would only make it after all migrations."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def remove_welcome_page(apps):
    page_model = apps.get_model("wagtailcore.Page")
    root = page_model.objects.filter(depth=1).first()
    welcome = page_model.objects.filter(
        depth=2, slug="home", title="Welcome to your new Wagtail site!", numchild=0
    )
    if root and welcome.exists():
        apps.get_model("wagtailcore.Site").objects.filter(root_page__in=welcome).delete()
        welcome.delete()
        root.numchild = page_model.objects.filter(depth=2).count()
        root.save(update_fields=["numchild"])


def let_editors_keep_vocabularies(apps, editors):
    for model in VOCABULARIES:
        for right in ("add", "change", "delete", "view"):
            editors.permissions.add(
                permission(apps, "wiki", model, f"{right}_{model}", f"Can {right} {model}")
            )


def let_editors_look_through(apps, editors, moderators):
    task = apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(groups=moderators).first()
    if task is None:
        return
    task.groups.set([editors])
    task.name = WORKFLOW
    task.save(update_fields=["name"])
    apps.get_model("wagtailcore.Workflow").objects.filter(workflow_tasks__task_id=task.pk).update(
        name=WORKFLOW
    )


def replace_defaults(apps, schema_editor):
    group = apps.get_model("auth.Group").objects
    editors, _ = group.get_or_create(name="Editors")
    moderators, _ = group.get_or_create(name="Moderators")
    remove_welcome_page(apps)
    let_editors_look_through(apps, editors, moderators)
    let_editors_keep_vocabularies(apps, editors)


class Migration(migrations.Migration):
    dependencies = [
        ("wiki", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("people", "0002_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(replace_defaults, migrations.RunPython.noop)]
