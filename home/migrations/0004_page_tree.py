"""The tree every installation starts with: home page, the lists of the knowledge base, the plain pages.

Their addresses are part of the product. Texts come later, from editors or from the demo.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

LISTS = [
    ("wiki", "guideindexpage", "leitfaeden", "Leitfäden", "Guides"),
    ("wiki", "practiceindexpage", "praxis", "Praxis", "Practice"),
    ("wiki", "linkindexpage", "links", "Links", "Links"),
    ("wiki", "topicindexpage", "themen", "Themen", "Open topics"),
    ("wiki", "meetingindexpage", "treffen", "Treffen", "Meetings"),
]
PLAIN = [
    ("so-geht-es", "So geht es", "How it works"),
    ("mitmachen", "Mitmachen", "Take part"),
    ("wer-wir-sind", "Wer wir sind", "Who we are"),
    ("impressum", "Impressum", "Imprint"),
    ("datenschutz", "Datenschutz", "Privacy"),
    ("barrierefreiheit", "Barrierefreiheit", "Accessibility"),
]
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def step(number):
    """One step of a treebeard path: four digits to the base 36."""
    digits = ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        digits = ALPHABET[digit] + digits
    return digits


def add_child(apps, parent, app_label, model, **fields):
    """A live page below `parent`, with the columns treebeard and Wagtail keep."""
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    parent.numchild += 1
    slug = fields["slug"]
    page = apps.get_model(app_label, model).objects.create(
        path=parent.path + step(parent.numchild),
        depth=parent.depth + 1,
        numchild=0,
        url_path=f"{parent.url_path}{slug}/",
        content_type=content_type,
        locale=apps.get_model("wagtailcore", "Locale").objects.get(language_code=settings.LANGUAGE_CODE),
        live=True,
        draft_title=fields["title"],
        **fields,
    )
    type(parent).objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    return page


def create_tree(apps, schema_editor):
    """Home page with its children, and the site that shows it."""
    page_model = apps.get_model("wagtailcore", "Page")
    locale_model = apps.get_model("wagtailcore", "Locale")
    locale_model.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = page_model.objects.get(depth=1)
    root.numchild = page_model.objects.filter(depth=2).count()
    home = add_child(apps, root, "home", "homepage", title="Wortlaut", slug="start")
    for app_label, model, slug, title, english in LISTS:
        add_child(apps, home, app_label, model, title=title, slug=slug, title_en=english, show_in_menus=True)
    for slug, title, english in PLAIN:
        add_child(apps, home, "home", "contentpage", title=title, slug=slug, title_en=english)
    address = urlsplit(settings.PUBLIC_URL)
    sites = apps.get_model("wagtailcore", "Site").objects
    sites.all().delete()
    sites.create(
        hostname=address.hostname,
        port=address.port or (443 if address.scheme == "https" else 80),
        site_name="Wortlaut",
        root_page_id=home.pk,
        is_default_site=True,
    )
    apps.get_model("sites", "Site").objects.update_or_create(
        pk=settings.SITE_ID, defaults={"domain": address.netloc, "name": "Wortlaut"}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_pages"),
        ("home", "0002_generation_row"),
        ("wiki", "0002_site_roles"),
        ("sites", "0002_alter_domain_unique"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_tree, migrations.RunPython.noop)]
