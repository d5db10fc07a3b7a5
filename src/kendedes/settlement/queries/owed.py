"""What was paid, and whether papers and ledger agree."""

from __future__ import annotations

from django.db import connection
from django.db.models import Sum

from kendedes.network.models import Association
from kendedes.settlement.models import Payout, Settlement, Statement


def paid_of(statement: Statement) -> int:
    """Rupiah paid of one statement so far, undone payouts taken off."""
    return Payout.objects.filter(statement=statement).aggregate(n=Sum("amount"))["n"] or 0


def paid_of_all(association: Association) -> dict[int, int]:
    """Rupiah paid, by statement."""
    rows = Payout.objects.filter(statement__settlement__association=association).order_by()
    return dict(rows.values_list("statement").annotate(Sum("amount")))


def unreconciled(association: Association) -> list[tuple[int, str, int, int]]:
    """Producers for whom papers and ledger differ: (number, name, owed by the ledger, owed by the papers).

    Papers: what the last statement left unpaid, and lines no statement has claimed. Dues leave the ledger with approval.
    """
    settled = Settlement.objects.filter(association=association, state__in=("approved", "paid"))
    floor = settled.order_by("-pk").values_list("watermark", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(_UNRECONCILED, [*[association.pk] * 5, floor])
        return [(int(i), name, int(ledger), int(papers)) for i, name, ledger, papers in cursor.fetchall()]


_UNRECONCILED = """
SELECT pr.id, pr.name, SUM(t.ledger), SUM(t.papers) FROM (
  SELECT a.producer_id AS producer, SUM(m.amount) AS ledger, 0 AS papers
  FROM ledger_account a JOIN ledger_moneymove m ON m.source_id = a.id
  WHERE a.association_id = %s AND a.kind = 'producer' GROUP BY a.producer_id
  UNION ALL
  SELECT a.producer_id, -SUM(m.amount), 0 FROM ledger_account a JOIN ledger_moneymove m ON m.target_id = a.id
  WHERE a.association_id = %s AND a.kind = 'producer' GROUP BY a.producer_id
  UNION ALL
  SELECT st.producer_id, 0, SUM(st.earned - CASE WHEN se.state IN ('approved', 'paid') THEN st.dues ELSE 0 END)
  FROM settlement_statement st
  JOIN settlement_settlement se ON se.id = st.settlement_id WHERE se.association_id = %s GROUP BY st.producer_id
  UNION ALL
  SELECT st.producer_id, 0, -SUM(po.amount) FROM settlement_payout po
  JOIN settlement_statement st ON st.id = po.statement_id
  JOIN settlement_settlement se ON se.id = st.settlement_id WHERE se.association_id = %s GROUP BY st.producer_id
  UNION ALL
  SELECT s.producer_id, 0, SUM(s.net) FROM ledger_shareline s JOIN network_producer p ON p.id = s.producer_id
  WHERE p.association_id = %s AND s.id > %s AND NOT EXISTS (SELECT 1 FROM settlement_claim c WHERE c.share_id = s.id)
  GROUP BY s.producer_id
) AS t JOIN network_producer pr ON pr.id = t.producer
GROUP BY pr.id, pr.name HAVING SUM(t.ledger) <> SUM(t.papers) ORDER BY pr.name"""
