"""Health: the process lives, and everything it needs is fine."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from record.models import Restore
from record.triggers import missing_triggers


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives. Touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database answers, migrations are applied, guards are in place: 200, otherwise 503 with what is wrong.

    A restored site that is read-only is ready: it is read.
    """
    problems: list[str] = []
    read_only = False
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            problems.append("migrations are not applied")
        if missing_triggers():
            problems.append("database guards are missing")
        read_only = not problems and Restore.objects.exists()
    except DatabaseError:
        problems.append("the database does not answer")
    answer = {"ready": not problems, "problems": problems, "read_only": read_only}
    return JsonResponse(answer, status=503 if problems else 200)
