"""Wagtail's default groups become our site roles: Editors publish, Moderators only reach the admin's comment desk."""

from django.db import migrations

EDITORS, MODERATORS = "Editors", "Moderators"
PAGE_RIGHTS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
COLLECTION_RIGHTS = {
    "wagtailimages": ["add_image", "change_image", "choose_image", "delete_image"],
    "wagtaildocs": ["add_document", "change_document", "choose_document", "delete_document"],
}


def set_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Page = apps.get_model("wagtailcore", "Page")
    Collection = apps.get_model("wagtailcore", "Collection")
    page_rights = apps.get_model("wagtailcore", "GroupPagePermission").objects
    collection_rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    groups = [Group.objects.get_or_create(name=name)[0] for name in (EDITORS, MODERATORS)]
    page_rights.filter(group__in=groups).delete()
    collection_rights.filter(group__in=groups).delete()
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in groups:
        group.permissions.set([access])
    editors = groups[0]
    root = Page.objects.get(depth=1)
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS):
        page_rights.create(group=editors, page=root, permission=right)
    collection = Collection.objects.get(depth=1)
    for app, codenames in COLLECTION_RIGHTS.items():
        for right in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
            collection_rights.create(group=editors, collection=collection, permission=right)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(set_roles, migrations.RunPython.noop)]
