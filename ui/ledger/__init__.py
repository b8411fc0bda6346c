"""The ledger of commitments as a tab, as a workbook and as CSV."""
