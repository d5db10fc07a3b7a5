"""What was paid, and whether papers and ledger agree."""

from __future__ import annotations

from django.db import connection
from django.db.models import Sum

from kendedes.network.models import Association
from kendedes.settlement.models import Payout, Statement


def paid_of(statement: Statement) -> int:
    """Rupiah paid of one statement so far, undone payouts taken off."""
    return Payout.objects.filter(statement=statement).aggregate(n=Sum("amount"))["n"] or 0


def paid_of_all(association: Association) -> dict[int, int]:
    """Rupiah paid, by statement."""
    rows = Payout.objects.filter(statement__settlement__association=association).order_by()
    return dict(rows.values_list("statement").annotate(Sum("amount")))


def unreconciled(association: Association) -> list[tuple[int, str, int, int]]:
    """Producers for whom papers and ledger differ: (number, name, owed by the ledger, owed by the papers).

    Papers: what the last statement left unpaid, and lines no statement has claimed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNRECONCILED, [association.pk] * 2)
        return [(int(i), name, int(ledger), int(papers)) for i, name, ledger, papers in cursor.fetchall()]


_UNRECONCILED = """
SELECT * FROM (SELECT pr.id, pr.name,
  COALESCE((SELECT SUM(m.amount) FROM ledger_moneymove m WHERE m.source_id = a.id), 0)
  - COALESCE((SELECT SUM(m.amount) FROM ledger_moneymove m WHERE m.target_id = a.id), 0) AS ledger,
  COALESCE((SELECT SUM(st.earned) FROM settlement_statement st JOIN settlement_settlement se ON se.id = st.settlement_id
    WHERE st.producer_id = pr.id AND se.association_id = %s), 0)
  - COALESCE((SELECT SUM(po.amount) FROM settlement_payout po JOIN settlement_statement st ON st.id = po.statement_id
    WHERE st.producer_id = pr.id), 0)
  + COALESCE((SELECT SUM(s.net) FROM ledger_shareline s WHERE s.producer_id = pr.id
    AND NOT EXISTS (SELECT 1 FROM settlement_claim c WHERE c.share_id = s.id)), 0) AS papers
FROM ledger_account a JOIN network_producer pr ON pr.id = a.producer_id
WHERE a.association_id = %s AND a.kind = 'producer') t WHERE ledger <> papers ORDER BY name"""
