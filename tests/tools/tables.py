"""Reads the tables of an export with csvw and DuckDB. Argument: the folder. Prints rows by table as JSON."""

import json
import sys
from pathlib import Path

import duckdb
from csvw.metadata import TableGroup

folder = Path(sys.argv[1])
group = TableGroup.from_file(folder / "csv-metadata.json")
by_csvw = {str(table.url): sum(1 for _ in table.iterdicts(strict=True)) for table in group.tables}
if not group.check_referential_integrity():
    sys.exit("a row names a row that is not there")
by_duckdb = {
    path.name: duckdb.sql(f"SELECT count(*) FROM read_csv('{path}')").fetchall()[0][0]
    for path in sorted(folder.glob("*.csv"))
}
total = duckdb.sql(
    f"SELECT sum(amount_yuan) FROM read_csv('{folder}/amounts.csv', "
    "types={'amount_yuan': 'DECIMAL(20,2)'}) "
    "WHERE kind = 'Amount' AND owner_kind = 'Project'"
).fetchall()[0][0]
print(json.dumps({"csvw": by_csvw, "duckdb": by_duckdb, "projects": str(total)}))
