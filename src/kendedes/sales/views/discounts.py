"""What tills may take off, as the office sets it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kendedes.base.refusal import Refusal
from kendedes.network.door import OfficeRequest, office
from kendedes.network.rules import Right
from kendedes.sales import actions, forms
from kendedes.sales.models import Discount
from kendedes.sales.views.common import association_for, tabs


@office(Right.MANAGE_TILLS)
def listing(request: OfficeRequest) -> HttpResponse:
    """Rules that run or will, and those that are over; a new one."""
    association = association_for(request.user, Right.MANAGE_TILLS)
    today = timezone.localdate()
    form = forms.DiscountForm(request.POST or None, association=association, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_discount(
                association=association, at=timezone.now(), by=request.user, **form.cleaned_data
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(
                request, _("Potongan %(code)s dipasang; mesin kasir mengambilnya saat tersambung.") % {"code": made.code}
            )  # fmt: skip
            return redirect("sales:discounts")
    rows = Discount.objects.visible_to(request.user).filter(association=association).select_related(
        "place", "unit__district", "producer", "product"
    )  # fmt: skip
    running = rows.running(today)
    context = {
        "form": form, "running": running, "over": rows.exclude(pk__in=running.values("pk"))[:50], "today": today,
        **tabs(request),
    }  # fmt: skip
    return render(request, "sales/discounts.html", context)


@require_POST
@office(Right.MANAGE_TILLS)
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Before its last day."""
    discount = get_object_or_404(
        Discount.objects.visible_to(request.user).select_related("association"), pk=pk
    )  # fmt: skip
    actions.end_discount(discount=discount, at=timezone.now(), by=request.user)
    messages.success(request, _("Potongan %(code)s diakhiri.") % {"code": discount.code})
    return redirect("sales:discounts")
