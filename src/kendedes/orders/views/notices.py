"""Where a payment gateway reports."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.orders.actions.gateway import NoGateway, NoticeRefused, hear_notice
from kendedes.ui.limits import limited

MOST = 32 * 1024


@csrf_exempt  # a program sends it; its signature counts
@require_POST
@limited("kabar-bayar", "300/m", public=True)
def midtrans(request: HttpRequest) -> HttpResponse:
    """A notice of Midtrans: 200 when understood, 403 when it lies, 503 when it should come again."""
    if len(request.body) > MOST:
        return JsonResponse(NoticeRefused().as_json(), status=413)
    try:
        notice = json.loads(request.body)
    except ValueError:
        notice = None
    try:
        if not isinstance(notice, dict):
            raise NoticeRefused
        done = hear_notice(notice=notice, at=timezone.now())
    except NoGateway as refusal:
        return JsonResponse(refusal.as_json(), status=503, headers={"Retry-After": "60"})
    except Refusal as refusal:
        return JsonResponse(refusal.as_json(), status=refusal.status)
    return JsonResponse({"paid": done})
